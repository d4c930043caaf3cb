//! `<component>/model`: the layers of a network with their weights.
//!
//! The file lists nodes in breadth-first order. The tree is not rebuilt: layers are picked by name in
//! file order, which is the order of computation for the architectures that are supported.

use super::msgpack::{self, Access};
use crate::error::Error;
use rmpv::ValueRef;

/// Largest array, in numbers; the large English vectors have 103 million.
const MAX_NUMBERS: usize = 1 << 28;

/// An array of numbers with its shape, row-major.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Array {
    pub(crate) shape: Vec<usize>,
    pub(crate) data: Vec<f32>,
}

/// One layer.
#[derive(Debug)]
pub(crate) struct Node<'a> {
    pub(crate) name: &'a str,
    refs: &'a ValueRef<'a>,
    attrs: &'a ValueRef<'a>,
    params: &'a ValueRef<'a>,
}

/// A decoded model file.
#[derive(Debug)]
pub(crate) struct Model<'a> {
    nodes: Vec<Node<'a>>,
}

impl<'a> Model<'a> {
    /// Reads the layers of a decoded file.
    pub(crate) fn new(value: &'a ValueRef<'a>) -> Result<Self, Error> {
        let [nodes, attrs, params] = ["nodes", "attrs", "params"].map(|key| value.require(key).and_then(Access::items));
        let (nodes, attrs, params) = (nodes?, attrs?, params?);
        if nodes.len() != attrs.len() || nodes.len() != params.len() {
            return Err(Error::corrupt("the lists of layers have different lengths"));
        }
        if let Some(shims) = value.get("shims")?
            && shims.items()?.iter().any(|shims| shims.items().is_ok_and(|items| !items.is_empty()))
        {
            return Err(Error::unsupported("layers of another framework (shims)"));
        }
        let parts = nodes.iter().zip(attrs).zip(params);
        let nodes = parts.map(|((node, attrs), params)| {
            Ok(Node { name: node.require("name")?.string()?, refs: node.require("refs")?, attrs, params })
        });
        Ok(Model { nodes: nodes.collect::<Result<_, Error>>()? })
    }

    /// All layers with the given name, in order of computation.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &Node<'a>> {
        self.nodes.iter().filter(move |node| node.name == name)
    }

    /// The first layer with the given name.
    pub(crate) fn first(&self, name: &str) -> Result<&Node<'a>, Error> {
        self.named(name).next().ok_or_else(|| Error::corrupt(format!("no layer {name:?}")))
    }

    /// The index of the layer that the root refers to as `name`.
    pub(crate) fn reference(&self, name: &str) -> Result<usize, Error> {
        let root = self.nodes.first().ok_or_else(|| Error::corrupt("no layers"))?;
        let idx = root.refs.require(name)?.number()? as usize;
        if idx < self.nodes.len() { Ok(idx) } else { Err(Error::corrupt(format!("reference {name:?} to no layer"))) }
    }

    /// The layer at an index that [`Self::reference`] gave.
    pub(crate) fn at(&self, idx: usize) -> &Node<'a> {
        &self.nodes[idx]
    }

    /// All layers with their indices.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = (usize, &Node<'a>)> {
        self.nodes.iter().enumerate()
    }
}

impl Node<'_> {
    /// A number among the layer's settings; `None` where there is none.
    pub(crate) fn attr_number(&self, name: &str) -> Result<Option<u64>, Error> {
        let Some(packed) = self.attrs.get(name)? else { return Ok(None) };
        msgpack::decode(packed.binary()?)?.number().map(Some)
    }

    /// A truth value among the layer's settings; `None` where there is none.
    pub(crate) fn attr_flag(&self, name: &str) -> Result<Option<bool>, Error> {
        let Some(packed) = self.attrs.get(name)? else { return Ok(None) };
        Ok(if let ValueRef::Boolean(flag) = msgpack::decode(packed.binary()?)? { Some(flag) } else { None })
    }

    /// A list of names or numbers among the layer's settings; numbers as text.
    pub(crate) fn attr_list(&self, name: &str) -> Result<Vec<String>, Error> {
        let packed = self.attrs.require(name)?.binary()?;
        let list = msgpack::decode(packed)?;
        let items = list
            .items()?
            .iter()
            .map(|item| item.string().map(str::to_string).or_else(|_| item.number().map(|number| number.to_string())));
        items.collect()
    }

    /// An array of weights, which must have exactly this many dimensions, none of them empty.
    pub(crate) fn param(&self, name: &str, n_dims: usize) -> Result<Array, Error> {
        let context = |what: &str| Error::corrupt(format!("layer {:?}, weights {name:?}: {what}", self.name));
        let array = self.params.get(name)?.ok_or_else(|| context("missing"))?;
        if array.require("type")?.string()? != "<f4" {
            return Err(context("not 32-bit numbers"));
        }
        let shape = array.require("shape")?.items()?.iter().map(|n| n.number().map(|n| n as usize));
        let shape = shape.collect::<Result<Vec<_>, _>>()?;
        let n_numbers = shape.iter().try_fold(1usize, |n, &dim| n.checked_mul(dim)).filter(|&n| n <= MAX_NUMBERS);
        let bytes = array.require("data")?.binary()?;
        if shape.len() != n_dims || n_numbers.is_none_or(|n| n == 0 || n * 4 != bytes.len()) {
            return Err(context(&format!("shape {shape:?} does not fit {} bytes", bytes.len())));
        }
        let numbers = bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let data: Vec<f32> = numbers.collect();
        if data.iter().any(|number| !number.is_finite()) {
            return Err(context("holds a number that is not finite"));
        }
        Ok(Array { shape, data })
    }
}

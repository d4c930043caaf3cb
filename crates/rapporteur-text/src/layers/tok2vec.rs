//! Tokens to vectors: hashed embeddings of lexical features, mixed by a maxout layer
//! (MultiHashEmbed), then layers that look at neighbours (MaxoutWindowEncoder).

use super::lane::{self, Instructions, Lane, WIDTH, compiled_for_each};
use super::matrix::{Matrix, ROWS};
use crate::error::Error;
use crate::folder::thinc::{Array, Model, Node};
use crate::hash::embedding_rows;
use crate::lexicon::LexicalKeys;

/// Widest network that is read; the published pipelines have 96.
const MAX_WIDTH: usize = 1024;
/// Most maxout pieces.
const MAX_PIECES: usize = 8;

/// A feature that embeddings are keyed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Orth,
    Lower,
    Norm,
    Prefix,
    Suffix,
    Shape,
    /// Whether a space follows.
    Spacy,
    IsSpace,
}

impl Column {
    fn parse(name: &str) -> Result<Self, Error> {
        Ok(match name {
            "ORTH" => Column::Orth,
            "LOWER" => Column::Lower,
            "NORM" => Column::Norm,
            "PREFIX" => Column::Prefix,
            "SUFFIX" => Column::Suffix,
            "SHAPE" => Column::Shape,
            "SPACY" => Column::Spacy,
            "IS_SPACE" => Column::IsSpace,
            other => return Err(Error::unsupported(format!("embedding of the feature {other}"))),
        })
    }
}

/// What a token shows to the embeddings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TokenFeatures {
    pub(crate) keys: LexicalKeys,
    pub(crate) is_space: bool,
    pub(crate) has_space_after: bool,
}

impl TokenFeatures {
    fn key(&self, column: Column) -> u64 {
        match column {
            Column::Orth => self.keys.orth,
            Column::Lower => self.keys.lower,
            Column::Norm => self.keys.norm,
            Column::Prefix => self.keys.prefix,
            Column::Suffix => self.keys.suffix,
            Column::Shape => self.keys.shape,
            Column::Spacy => u64::from(self.has_space_after),
            Column::IsSpace => u64::from(self.is_space),
        }
    }
}

/// An embedding table.
#[derive(Debug)]
struct HashEmbed {
    column: Column,
    seed: u32,
    n_rows: u32,
    rows: Vec<Lane>,
}

/// A maxout layer with layer normalisation.
#[derive(Debug)]
struct Maxout {
    matrix: Matrix,
    /// Biases, gains and offsets, each of `width` numbers; a bias for each piece.
    bias: Vec<Lane>,
    gain: Vec<Lane>,
    offset: Vec<Lane>,
    n_pieces: usize,
}

/// A token-to-vector network.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    tables: Vec<HashEmbed>,
    mixer: Maxout,
    layers: Vec<Maxout>,
    window: usize,
    width_lanes: usize,
    instructions: Instructions,
}

/// Room for the intermediate results of [`Tok2Vec::encode`]; kept to be used again.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    front: Vec<Lane>,
    back: Vec<Lane>,
    block: Vec<Lane>,
}

impl Tok2Vec {
    /// Picks the network out of a model file.
    pub(crate) fn from_model(model: &Model<'_>) -> Result<Self, Error> {
        if model.named("static_vectors").next().is_some() {
            return Err(Error::unsupported("static word vectors (a pipeline with vectors, such as md or lg)"));
        }
        let extract = model.first("extract_features")?;
        let columns =
            extract.attr_list("columns")?.iter().map(|name| Column::parse(name)).collect::<Result<Vec<_>, _>>()?;
        let tables =
            model.named("hashembed").map(|node| HashEmbed::new(node, &columns)).collect::<Result<Vec<_>, _>>()?;
        let pairs = model.named("maxout").zip(model.named("layernorm"));
        let mut maxouts = pairs.map(|(maxout, norm)| Maxout::new(maxout, norm)).collect::<Result<Vec<_>, Error>>()?;
        let n_norms = model.named("layernorm").count();
        let depth = model.named("expand_window").count();
        if maxouts.len() != depth + 1 || n_norms != depth + 1 || tables.is_empty() {
            return Err(Error::unsupported("a token-to-vector network of another architecture"));
        }
        let mixer = maxouts.remove(0);
        let width_lanes = mixer.width_lanes();
        let window = model.first("expand_window")?.attr_number("window_size")?.unwrap_or(1) as usize;
        let has_same_window = |node: &Node<'_>| node.attr_number("window_size").is_ok_and(|n| n == Some(window as u64));
        if !(1..=8).contains(&window) || !model.named("expand_window").all(has_same_window) {
            return Err(Error::unsupported("windows of this size"));
        }
        let pad = model.nodes().filter_map(|(_, node)| node.attr_number("pad").ok().flatten()).max().unwrap_or(0);
        if pad as usize != window * depth {
            return Err(Error::unsupported(
                "padding other than depth times window (documents would depend on neighbours)",
            ));
        }
        let embed_lanes: usize = tables.iter().map(HashEmbed::row_lanes).sum();
        let fits = |layer: &Maxout| layer.width_lanes() == width_lanes;
        let is_chain = mixer.n_inputs() == embed_lanes * WIDTH
            && layers_fit(&maxouts, (2 * window + 1) * width_lanes * WIDTH)
            && maxouts.iter().all(fits);
        if !is_chain {
            return Err(Error::corrupt("the widths of the layers do not fit each other"));
        }
        Ok(Tok2Vec { tables, mixer, layers: maxouts, window, width_lanes, instructions: Instructions::detect() })
    }

    /// Lanes of a vector.
    pub(crate) fn width_lanes(&self) -> usize {
        self.width_lanes
    }

    /// Tokens to each side that a vector depends on.
    pub(crate) fn reach(&self) -> usize {
        self.window * self.layers.len()
    }

    /// Whether vectors depend on the space after a token.
    pub(crate) fn sees_space_after(&self) -> bool {
        self.tables.iter().any(|table| table.column == Column::Spacy)
    }

    /// Embeds and mixes tokens one by one: their vectors before any neighbour is seen, appended to `out`.
    pub(crate) fn embed(&self, tokens: &[TokenFeatures], workspace: &mut Workspace, out: &mut Vec<Lane>) {
        let Workspace { front: inputs, block, .. } = workspace;
        for tokens in tokens.chunks(ROWS) {
            inputs.clear();
            for token in tokens {
                for table in &self.tables {
                    table.look_up(token.key(table.column), inputs);
                }
            }
            let first = out.len();
            out.resize(first + tokens.len() * self.width_lanes, Lane::ZERO);
            block.resize(ROWS * self.mixer.matrix.row_lanes(), Lane::ZERO);
            self.mixer.matrix.multiply(lane::numbers(inputs), self.mixer.n_inputs(), tokens.len(), block);
            let zero = vec![Lane::ZERO; tokens.len() * self.width_lanes];
            self.mixer.finish(self.instructions, block, &zero, &mut out[first..]);
        }
    }

    /// Lets tokens see their neighbours. `embedded` gives the mixed embedding at each position of a
    /// stretch of the document that reaches [`Self::reach`] tokens further on both sides than the
    /// vectors that are wanted, `None` beyond the ends of the document. The vectors are appended to `out`.
    pub(crate) fn encode<'e>(
        &self,
        embedded: impl ExactSizeIterator<Item = Option<&'e [Lane]>>,
        workspace: &mut Workspace,
        out: &mut Vec<Lane>,
    ) {
        let width = self.width_lanes;
        let mut n_rows = embedded.len();
        let Workspace { front, back, block } = workspace;
        front.clear();
        for row in embedded {
            match row {
                Some(row) => front.extend_from_slice(row),
                None => front.extend(std::iter::repeat_n(Lane::ZERO, width)),
            }
        }
        for layer in &self.layers {
            // Each layer leaves out the outermost rows, whose neighbours are not there.
            n_rows -= 2 * self.window;
            back.resize(n_rows * width, Lane::ZERO);
            block.resize(ROWS * layer.matrix.row_lanes(), Lane::ZERO);
            for first in (0..n_rows).step_by(ROWS) {
                let n = ROWS.min(n_rows - first);
                let windows = lane::numbers(&front[first * width..]);
                layer.matrix.multiply(windows, width * WIDTH, n, block);
                let own = &front[(first + self.window) * width..][..n * width];
                layer.finish(self.instructions, block, own, &mut back[first * width..][..n * width]);
            }
            std::mem::swap(front, back);
        }
        out.extend_from_slice(&front[..n_rows * width]);
    }
}

fn layers_fit(layers: &[Maxout], n_inputs: usize) -> bool {
    layers.iter().all(|layer| layer.n_inputs() == n_inputs)
}

impl HashEmbed {
    fn new(node: &Node<'_>, columns: &[Column]) -> Result<Self, Error> {
        let table = node.param("E", 2)?;
        let column = node.attr_number("column")?.and_then(|n| columns.get(n as usize));
        let seed = node.attr_number("seed")?.and_then(|seed| u32::try_from(seed).ok());
        let (Some(&column), Some(seed)) = (column, seed) else {
            return Err(Error::corrupt("an embedding table without a feature or a seed"));
        };
        let n_rows =
            u32::try_from(table.shape[0]).map_err(|_| Error::unsupported("an embedding table of this size"))?;
        check_width(table.shape[1])?;
        Ok(HashEmbed { column, seed, n_rows, rows: lane::lanes(&table.data) })
    }

    fn row_lanes(&self) -> usize {
        self.rows.len() / self.n_rows as usize
    }

    /// Appends the embedding of `key`: the sum of four rows, in order.
    fn look_up(&self, key: u64, out: &mut Vec<Lane>) {
        let n = self.row_lanes();
        let rows = embedding_rows(key, self.seed, self.n_rows).map(|row| &self.rows[row as usize * n..][..n]);
        out.extend((0..n).map(|lane| rows[0][lane].add(rows[1][lane]).add(rows[2][lane]).add(rows[3][lane])));
    }
}

fn check_width(width: usize) -> Result<(), Error> {
    if width.is_multiple_of(WIDTH) && width <= MAX_WIDTH {
        return Ok(());
    }
    Err(Error::unsupported(format!("layers of width {width} (a multiple of 16 up to 1024 is needed)")))
}

impl Maxout {
    fn new(maxout: &Node<'_>, norm: &Node<'_>) -> Result<Self, Error> {
        let weights = maxout.param("W", 3)?;
        let [bias, gain, offset]: [Array; 3] = [maxout.param("b", 2)?, norm.param("G", 1)?, norm.param("b", 1)?];
        let &[width, n_pieces, n_inputs] = weights.shape.as_slice() else {
            return Err(Error::corrupt("a maxout layer that is not three-dimensional"));
        };
        check_width(width)?;
        if bias.shape != [width, n_pieces] || gain.shape != [width] || offset.shape != [width] {
            return Err(Error::corrupt("the shapes of a maxout layer do not fit each other"));
        }
        if n_pieces > MAX_PIECES {
            return Err(Error::unsupported(format!("{n_pieces} maxout pieces")));
        }
        // The file has the pieces of an output side by side; here each piece is a stretch of its own.
        let order = || (0..n_pieces).flat_map(|piece| (0..width).map(move |output| output * n_pieces + piece));
        let matrix = Matrix::new(&weights.data, n_inputs, &order().map(Some).collect::<Vec<_>>());
        let bias = lane::lanes(&order().map(|at| bias.data[at]).collect::<Vec<_>>());
        Ok(Maxout { matrix, bias, gain: lane::lanes(&gain.data), offset: lane::lanes(&offset.data), n_pieces })
    }

    fn n_inputs(&self) -> usize {
        self.matrix.n_inputs()
    }

    fn width_lanes(&self) -> usize {
        self.gain.len()
    }

    /// From products to results, row by row: bias, greatest piece, normalisation, sum with `residual`.
    fn finish(&self, instructions: Instructions, products: &[Lane], residual: &[Lane], out: &mut [Lane]) {
        maxout_layer_norm(instructions, products, self.matrix.row_lanes(), self, residual, out);
    }
}

compiled_for_each! {
    /// The second half of a maxout layer; see [`Maxout::finish`].
    fn maxout_layer_norm(products: &[Lane], row_lanes: usize, layer: &Maxout, residual: &[Lane], out: &mut [Lane])
        = maxout_layer_norm_body
}

/// Added to the variance.
const EPSILON: f32 = 1e-8;

#[inline(always)]
fn maxout_layer_norm_body<const FUSED: bool>(
    products: &[Lane],
    row_lanes: usize,
    layer: &Maxout,
    residual: &[Lane],
    out: &mut [Lane],
) {
    let width = layer.gain.len();
    let rows = products.chunks_exact(row_lanes).zip(residual.chunks_exact(width)).zip(out.chunks_exact_mut(width));
    for ((products, residual), out) in rows {
        let mut sum = Lane::ZERO;
        for lane in 0..width {
            let mut greatest = products[lane].add(layer.bias[lane]);
            for piece in 1..layer.n_pieces {
                greatest = greatest.max(products[piece * width + lane].add(layer.bias[piece * width + lane]));
            }
            out[lane] = greatest;
            sum = sum.add(greatest);
        }
        let n = (width * WIDTH) as f32;
        let mean = Lane::splat(sum.sum() / n);
        let mut squares = Lane::ZERO;
        for x in out.iter_mut() {
            *x = x.sub(mean);
            squares = squares.add_product::<FUSED>(*x, *x);
        }
        let scale = Lane::splat(1.0 / (squares.sum() / n + EPSILON).sqrt());
        for lane in 0..width {
            let normal = out[lane].mul(scale);
            out[lane] = residual[lane].add(layer.offset[lane].add_product::<FUSED>(normal, layer.gain[lane]));
        }
    }
}

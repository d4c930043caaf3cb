use super::{About, Flow, Place, Unpacker};
use flate2::bufread::MultiGzDecoder;
use std::io::BufRead;

/// What is compressed stands at the same place; a file of several compressed members is one (RFC 1952, section 2.2).
pub(super) fn read(unpacker: &mut Unpacker, place: &Place, about: About, reader: &mut dyn BufRead) -> Flow {
    let meter = unpacker.meter;
    let about = About { media_type: None, ..about };
    unpacker.open(place.uncompressed(), about, &mut meter.expanded(MultiGzDecoder::new(reader)))
}

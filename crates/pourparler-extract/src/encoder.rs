//! The encoder: a transformer in the shape of MiniLM, whose weights are read from a safetensors file.
//!
//! Products with weights are rten-gemm's: int8 by int8, with one scale for each row of activations and each column of
//! weights. What lies between them (attention, normalisation, scaling) is written here as plain loops inside
//! [`SimdOp`]s, which rten-simd compiles once for every instruction set and picks at run time.

use std::cell::RefCell;

use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix, QuantParams};
use rten_simd::functional::simd_apply;
use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, SimdOp, SimdUnaryOp as _};
use rten_tensor::NdTensorView;
use rten_vecmath::{Exp, Gelu};
use safetensors::{Dtype, SafeTensors};

use crate::tagger::TaggerError;
use crate::weights::{floats, int8, int8_bytes};

/// Width of one attention head, fixed so that its loops unroll.
const HEAD: usize = 32;
/// Query rows that attention works on side by side.
const ROWS: usize = 4;
const EPSILON: f32 = 1e-12;

/// The inputs for some windows, one number a piece, window after window.
pub(crate) struct Inputs<'a> {
    /// Numbers in the vocabulary.
    pub ids: &'a [i32],
    /// Case, quotation state and paragraph start, in this order.
    pub features: [&'a [i32]; 3],
    /// How many pieces each window has. Pieces attend to those of their own window alone; that windows are read together only saves time.
    pub lengths: &'a [usize],
}

/// The encoder with its output layer, ready to run.
pub(crate) struct Encoder {
    width: usize,
    words: Table,
    positions: Vec<f32>,
    features: [Vec<f32>; 3],
    norm: Norm,
    layers: Vec<Layer>,
    head: Linear,
}

struct Layer {
    /// Queries, keys and values of as many heads as the layer has.
    qkv: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

/// Rows of numbers; int8 rows have a scale each.
enum Table {
    /// The rows lie in the program: all encoders share them.
    Int8 {
        rows: &'static [u8],
        scales: Vec<f32>,
    },
    Float(Vec<f32>),
}

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

/// `y = x W + b`.
struct Linear {
    weight: Weight,
    bias: Vec<f32>,
    /// Inputs and outputs.
    shape: [usize; 2],
}

enum Weight {
    /// Packed columns and the scale of each.
    Int8(PackedBMatrix<i8>, Vec<f32>),
    Float(PackedBMatrix<f32>),
}

/// The two kinds of products. They may not go from thread to thread, so that every thread has its own.
#[derive(Default)]
struct Products {
    int8: GemmExecutor<u8, i8, i32>,
    float: GemmExecutor<f32>,
}

/// What makes the products, and room for the numbers in passing, kept from window to window.
#[derive(Default)]
struct Scratch {
    products: Products,
    bytes: Vec<u8>,
    scales: Vec<f32>,
    sums: Vec<i32>,
}

/// What the parts of a layer give.
#[derive(Default)]
struct Results {
    qkv: Vec<f32>,
    mixed: Vec<f32>,
    inner: Vec<f32>,
    next: Vec<f32>,
}

thread_local! {
    static ROOM: RefCell<(Scratch, Results)> = RefCell::default();
    /// Products with weights run on one thread: articles are what is worked on side by side.
    static ALONE: Result<rayon::ThreadPool, rayon::ThreadPoolBuildError> =
        rayon::ThreadPoolBuilder::new().num_threads(1).build();
}

impl Encoder {
    /// Reads weights from the bytes of a safetensors file, whose output layer has to have so many outputs, and the table of
    /// words from `words`, unless the file has one of its own.
    pub(crate) fn load(words: &'static [u8], bytes: &[u8], outputs: usize) -> Result<Self, TaggerError> {
        let unfit = |e: safetensors::SafeTensorError| TaggerError::Weights(e.to_string());
        let words = SafeTensors::deserialize(words).map_err(unfit)?;
        let file = SafeTensors::deserialize(bytes).map_err(unfit)?;
        let products = Products::default();
        let norm = floats(&file, "norm.weight")?;
        let width = norm.len();
        if width == 0 || !width.is_multiple_of(HEAD) {
            return Err(TaggerError::Weights(format!(
                "norm.weight: {width} numbers, where a multiple of {HEAD} should be"
            )));
        }
        let linear = |name: String, [inputs, outputs]: [usize; 2]| {
            let linear = Linear::load(&file, &name, &products)?;
            match linear.shape == [inputs, outputs] {
                true => Ok(linear),
                false => Err(TaggerError::Weights(format!("{name}: {:?}, not {:?}", linear.shape, [inputs, outputs]))),
            }
        };
        let layers = (0..)
            .take_while(|i| file.tensor(&format!("layers.{i}.qkv.weight")).is_ok())
            .map(|i| {
                let inner = floats(&file, &format!("layers.{i}.up.bias"))?.len();
                let attended = floats(&file, &format!("layers.{i}.qkv.bias"))?.len() / 3;
                if attended == 0 || !attended.is_multiple_of(HEAD) {
                    return Err(TaggerError::Weights(format!("layers.{i}.qkv: not of whole heads")));
                }
                Ok(Layer {
                    qkv: linear(format!("layers.{i}.qkv"), [width, 3 * attended])?,
                    out: linear(format!("layers.{i}.out"), [attended, width])?,
                    norm1: Norm::load(&file, &format!("layers.{i}.norm1"), width)?,
                    up: linear(format!("layers.{i}.up"), [width, inner])?,
                    down: linear(format!("layers.{i}.down"), [inner, width])?,
                    norm2: Norm::load(&file, &format!("layers.{i}.norm2"), width)?,
                })
            })
            .collect::<Result<Vec<_>, TaggerError>>()?;
        let words = match file.tensor("words") {
            Ok(_) => Table::Float(floats(&file, "words")?),
            Err(_) => Table::Int8 { rows: int8_bytes(&words, "words")?, scales: floats(&words, "words.scale")? },
        };
        Ok(Self {
            width,
            words,
            positions: floats(&file, "positions")?,
            features: [floats(&file, "case")?, floats(&file, "quote")?, floats(&file, "first")?],
            norm: Norm::load(&file, "norm", width)?,
            layers,
            head: linear("head".into(), [width, outputs])?,
        })
    }

    /// How many pieces a window can hold.
    pub(crate) fn longest(&self) -> usize {
        self.positions.len() / self.width
    }

    /// The output layer's scores, piece after piece. Ids and features out of range are the caller's mistake and give an
    /// error, as does a window longer than [`Encoder::longest`].
    pub(crate) fn run(&self, inputs: &Inputs<'_>) -> Result<Vec<f32>, TaggerError> {
        ALONE.with(|pool| {
            let pool = pool.as_ref().map_err(|e| TaggerError::Run(e.to_string()))?;
            pool.install(|| self.run_here(inputs))
        })
    }

    fn run_here(&self, inputs: &Inputs<'_>) -> Result<Vec<f32>, TaggerError> {
        let n = inputs.ids.len();
        if let Some(n) = inputs.lengths.iter().find(|&&n| n > self.longest()) {
            return Err(TaggerError::Run(format!("a window of {n} pieces, of {} at most", self.longest())));
        }
        let mut x = self.embed(inputs)?;
        ROOM.with_borrow_mut(|(scratch, Results { qkv, mixed, inner, next })| {
            for layer in &self.layers {
                layer.qkv.apply(&x, n, qkv, scratch)?;
                let attended = layer.out.shape[0];
                mixed.resize(n * attended, 0.0);
                let (mut qkv, mut out) = (&qkv[..], &mut mixed[..]);
                for n in inputs.lengths {
                    let (window, rest) = qkv.split_at(n * 3 * attended);
                    let (attends, others) = out.split_at_mut(n * attended);
                    Attention { qkv: window, width: attended, out: attends }.dispatch();
                    (qkv, out) = (rest, others);
                }
                layer.out.apply(mixed, n, next, scratch)?;
                AddAndNorm { x: &mut x, addend: next, norm: &layer.norm1 }.dispatch();
                layer.up.apply(&x, n, inner, scratch)?;
                Gelu {}.map_mut(inner);
                layer.down.apply(inner, n, next, scratch)?;
                AddAndNorm { x: &mut x, addend: next, norm: &layer.norm2 }.dispatch();
            }
            let mut scores = Vec::new();
            self.head.apply(&x, n, &mut scores, scratch)?;
            Ok(scores)
        })
    }

    fn embed(&self, inputs: &Inputs<'_>) -> Result<Vec<f32>, TaggerError> {
        let d = self.width;
        let mut x = Vec::with_capacity(inputs.ids.len() * d);
        let beyond = || TaggerError::Run("an input number beyond its table".into());
        let places = inputs.lengths.iter().flat_map(|&n| 0..n);
        for (k, (&id, place)) in inputs.ids.iter().zip(places).enumerate() {
            let id = usize::try_from(id).map_err(|_| beyond())?;
            match &self.words {
                Table::Float(rows) => x.extend_from_slice(row(rows, id, d).ok_or_else(beyond)?),
                Table::Int8 { rows, scales } => {
                    let scale = *scales.get(id).ok_or_else(beyond)?;
                    x.extend(row(rows, id, d).ok_or_else(beyond)?.iter().map(|&v| f32::from(v.cast_signed()) * scale));
                }
            }
            let mut parts = vec![row(&self.positions, place, d).ok_or_else(beyond)?];
            for (table, values) in self.features.iter().zip(inputs.features) {
                let value = usize::try_from(values[k]).map_err(|_| beyond())?;
                parts.push(row(table, value, d).ok_or_else(beyond)?);
            }
            for part in parts {
                x[k * d..].iter_mut().zip(part).for_each(|(x, p)| *x += p);
            }
        }
        AddAndNorm { x: &mut x, addend: &[], norm: &self.norm }.dispatch();
        Ok(x)
    }
}

fn row<T>(table: &[T], index: usize, width: usize) -> Option<&[T]> {
    table.get(index * width..(index + 1) * width)
}

impl Norm {
    fn load(file: &SafeTensors<'_>, name: &str, width: usize) -> Result<Self, TaggerError> {
        let (weight, bias) = (floats(file, &format!("{name}.weight"))?, floats(file, &format!("{name}.bias"))?);
        match weight.len() == width && bias.len() == width {
            true => Ok(Self { weight, bias }),
            false => Err(TaggerError::Weights(format!("{name}: not {width} weights and biases"))),
        }
    }
}

impl Linear {
    /// Weights lie in the file as [inputs, outputs].
    fn load(file: &SafeTensors<'_>, name: &str, products: &Products) -> Result<Self, TaggerError> {
        let weight = format!("{name}.weight");
        let tensor = file.tensor(&weight).map_err(|e| TaggerError::Weights(format!("{name}: {e}")))?;
        let bias = floats(file, &format!("{name}.bias"))?;
        let &[inputs, outputs] = tensor.shape() else {
            return Err(TaggerError::Weights(format!("{name}: not a matrix")));
        };
        if outputs != bias.len() {
            return Err(TaggerError::Weights(format!("{name}: weight and bias differ in width")));
        }
        let weight = if tensor.dtype() == Dtype::I8 {
            let values = int8(file, &weight)?;
            let scales = floats(file, &format!("{name}.scale"))?;
            if scales.len() != outputs {
                return Err(TaggerError::Weights(format!("{name}: {} scales for {outputs} columns", scales.len())));
            }
            Weight::Int8(products.int8.prepack_b(NdTensorView::from_data([inputs, outputs], &values[..])), scales)
        } else {
            let values = floats(file, &weight)?;
            Weight::Float(products.float.prepack_b(NdTensorView::from_data([inputs, outputs], &values[..])))
        };
        Ok(Self { weight, bias, shape: [inputs, outputs] })
    }

    /// `out = x W + b` for `n` rows of `x`.
    fn apply(&self, x: &[f32], n: usize, out: &mut Vec<f32>, scratch: &mut Scratch) -> Result<(), TaggerError> {
        let fail = |e: rten_gemm::GemmError| TaggerError::Run(e.to_string());
        let (columns, depth) = (self.bias.len(), x.len() / n);
        out.resize(n * columns, 0.0);
        match &self.weight {
            Weight::Float(packed) => {
                let a = GemmInputA::Unpacked(NdTensorView::from_data([n, depth], x));
                let options = GemmOptions { bias: Some(BiasVector::Row(&self.bias)), ..Default::default() };
                scratch.products.float.gemm(out, a, GemmInputB::Packed(packed), options).map_err(fail)
            }
            Weight::Int8(packed, scales) => {
                let Scratch { products, bytes, scales: row_scales, sums } = scratch;
                sums.resize(n * columns, 0);
                let zeros = vec![quantise(x, depth, bytes, row_scales); n];
                let a = GemmInputA::Unpacked(NdTensorView::from_data([n, depth], &bytes[..]));
                let options = GemmOptions { a_quant: Some(QuantParams { zero_point: &zeros }), ..Default::default() };
                products.int8.gemm(sums, a, GemmInputB::Packed(packed), options).map_err(fail)?;
                Scale { sums, rows: row_scales, columns: scales, bias: &self.bias, out }.dispatch();
                Ok(())
            }
        }
    }
}

/// Lanes in which sums run, so that the compiler may keep them in one register.
const LANES: usize = 16;

#[inline(always)]
fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut lanes = [0.0f32; LANES];
    for chunk in chunks {
        for (lane, &v) in lanes.iter_mut().zip(chunk) {
            *lane += of(v);
        }
    }
    lanes.iter().sum::<f32>() + rest.iter().map(|&v| of(v)).sum::<f32>()
}

/// The least and the greatest of some numbers. rten-vecmath's own is not inlined and took a third of the time of reading.
#[inline(always)]
fn extremes(values: &[f32]) -> (f32, f32) {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let (mut low, mut high) = ([f32::INFINITY; LANES], [f32::NEG_INFINITY; LANES]);
    for chunk in chunks {
        for ((low, high), &v) in low.iter_mut().zip(&mut high).zip(chunk) {
            *low = if v < *low { v } else { *low };
            *high = if v > *high { v } else { *high };
        }
    }
    let least = low.iter().chain(rest).fold(f32::INFINITY, |a, &b| a.min(b));
    let most = high.iter().chain(rest).fold(f32::NEG_INFINITY, |a, &b| a.max(b));
    (least, most)
}

/// The least and the greatest number of a row.
struct Extremes<'a> {
    row: &'a [f32],
}

impl SimdOp for Extremes<'_> {
    type Output = (f32, f32);

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) -> (f32, f32) {
        extremes(self.row)
    }
}

/// Rows of `x` to unsigned bytes, each row with its own scale; all with the zero point that is returned.
///
/// One zero point, since rten-gemm 0.27 takes those of the first few rows for all the others.
fn quantise(x: &[f32], depth: usize, bytes: &mut Vec<u8>, scales: &mut Vec<f32>) -> u8 {
    let extremes: Vec<(f32, f32)> = x.chunks_exact(depth).map(|row| Extremes { row }.dispatch()).collect();
    let (low, high) = extremes.iter().fold((0.0f32, f32::MIN_POSITIVE), |a, b| (a.0.min(b.0), a.1.max(b.1)));
    let zero = (255.0 * -low / (high - low)).clamp(1.0, 254.0).round() as u8;
    let (below, above) = (f32::from(zero), f32::from(255 - zero));
    bytes.clear();
    bytes.reserve(x.len());
    scales.clear();
    for (row, (low, high)) in x.chunks_exact(depth).zip(extremes) {
        let scale = (-low / below).max(high / above).max(f32::MIN_POSITIVE);
        ToBytes { row, inverse: 1.0 / scale, zero: f32::from(zero), bytes }.dispatch();
        scales.push(scale);
    }
    zero
}

/// `bytes += round(row * inverse + zero)`, whose values are known to lie between 0 and 255.
struct ToBytes<'a> {
    row: &'a [f32],
    inverse: f32,
    zero: f32,
    bytes: &'a mut Vec<u8>,
}

impl SimdOp for ToBytes<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        // Beside a number so great, floats have no room for fractions: the last bits are the rounded value.
        const WHOLE: f32 = (1 << 23) as f32;
        let shift = self.zero + WHOLE;
        self.bytes.extend(self.row.iter().map(|value| (value * self.inverse + shift).to_bits() as u8));
    }
}

/// Sums of products back to floats: `out = sums * row scale * column scale + bias`.
struct Scale<'a> {
    sums: &'a [i32],
    rows: &'a [f32],
    columns: &'a [f32],
    bias: &'a [f32],
    out: &'a mut [f32],
}

impl SimdOp for Scale<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let n = self.bias.len();
        let rows = self.sums.chunks_exact(n).zip(self.out.chunks_exact_mut(n));
        for ((sums, out), &scale) in rows.zip(self.rows) {
            for (((out, &sum), &column), &bias) in out.iter_mut().zip(sums).zip(self.columns).zip(self.bias) {
                *out = sum as f32 * (scale * column) + bias;
            }
        }
    }
}

/// `x = norm(x + addend)`, row by row; without an addend `x = norm(x)`.
struct AddAndNorm<'a> {
    x: &'a mut [f32],
    addend: &'a [f32],
    norm: &'a Norm,
}

impl SimdOp for AddAndNorm<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        self.x.iter_mut().zip(self.addend).for_each(|(x, a)| *x += a);
        let d = self.norm.weight.len();
        for row in self.x.chunks_exact_mut(d) {
            let mean = sum(row, |v| v) / d as f32;
            let variance = sum(row, |v| (v - mean) * (v - mean)) / d as f32;
            let scale = 1.0 / (variance + EPSILON).sqrt();
            for ((x, &weight), &bias) in row.iter_mut().zip(&self.norm.weight).zip(&self.norm.bias) {
                *x = (*x - mean) * scale * weight + bias;
            }
        }
    }
}

/// Attention of every piece on every piece, head by head. Rows of `qkv` hold a piece's queries, keys and values; the
/// queries are already scaled.
struct Attention<'a> {
    qkv: &'a [f32],
    /// Of all heads together.
    width: usize,
    out: &'a mut [f32],
}

impl SimdOp for Attention<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let d = self.width;
        let n = self.out.len() / d;
        let panels = n.div_ceil(HEAD);
        // keys by panels of HEAD pieces: [panel][place in the head][piece]; the last panel is filled up with zeros
        let mut keys = vec![[[0.0f32; HEAD]; HEAD]; panels];
        let mut values = vec![[0.0f32; HEAD]; n];
        let mut weights = vec![0.0f32; ROWS * panels * HEAD];
        for head in (0..d).step_by(HEAD) {
            for (piece, row) in self.qkv.chunks_exact(3 * d).enumerate() {
                for (k, &key) in row[d + head..d + head + HEAD].iter().enumerate() {
                    keys[piece / HEAD][k][piece % HEAD] = key;
                }
                values[piece].copy_from_slice(&row[2 * d + head..2 * d + head + HEAD]);
            }
            for first in (0..n).step_by(ROWS) {
                let rows = ROWS.min(n - first);
                let query = |r: usize| {
                    let at = (first + r.min(rows - 1)) * 3 * d + head;
                    &self.qkv[at..at + HEAD]
                };
                let queries: [&[f32]; ROWS] = std::array::from_fn(query);
                for (p, panel) in keys.iter().enumerate() {
                    let sums = product(isa, queries, panel);
                    for (r, sums) in sums.iter().enumerate() {
                        weights[(r * panels + p) * HEAD..][..HEAD].copy_from_slice(sums);
                    }
                }
                for weights in weights.chunks_exact_mut(panels * HEAD).take(rows) {
                    softmax(isa, &mut weights[..n]);
                }
                let weights_of: [&[f32]; ROWS] = std::array::from_fn(|r| &weights[r * panels * HEAD..][..n]);
                let sums = product(isa, weights_of, &values);
                for (r, sums) in sums.iter().take(rows).enumerate() {
                    self.out[(first + r) * d + head..][..HEAD].copy_from_slice(sums);
                }
            }
        }
    }
}

/// Softmax, summed in as many lanes on every processor: in another order the last bits differ, and with them, now and
/// then, a statement.
#[inline(always)]
fn softmax<I: Isa>(isa: I, weights: &mut [f32]) {
    let ops = isa.f32();
    let (_, top) = extremes(weights);
    let top = ops.splat(top);
    simd_apply::<_, _, _, 2>(
        ops,
        &mut *weights,
        #[inline(always)]
        |x| Exp::apply(isa, ops.sub(x, top)),
    );
    let inverse = 1.0 / sum(weights, |v| v);
    weights.iter_mut().for_each(|weight| *weight *= inverse);
}

/// `a b` for a few rows of `a` and HEAD columns of `b`.
#[inline(always)]
fn product<I: Isa>(isa: I, a: [&[f32]; ROWS], b: &[[f32; HEAD]]) -> [[f32; HEAD]; ROWS] {
    match HEAD / isa.f32().len() {
        2 => product_by::<I, 2>(isa, a, b),
        4 => product_by::<I, 4>(isa, a, b),
        _ => product_by::<I, 8>(isa, a, b),
    }
}

/// [`product`], with a row of `b` in `V` registers.
#[inline(always)]
fn product_by<I: Isa, const V: usize>(isa: I, a: [&[f32]; ROWS], b: &[[f32; HEAD]]) -> [[f32; HEAD]; ROWS] {
    let (ops, lanes) = (isa.f32(), HEAD / V);
    let a = a.map(|row| &row[..b.len()]);
    let mut sums = [[ops.zero(); V]; ROWS];
    for (k, b) in b.iter().enumerate() {
        let mut columns = [ops.zero(); V];
        for v in 0..V {
            columns[v] = ops.load(&b[v * lanes..(v + 1) * lanes]);
        }
        for r in 0..ROWS {
            let a = ops.splat(a[r][k]);
            for v in 0..V {
                sums[r][v] = ops.mul_add(a, columns[v], sums[r][v]);
            }
        }
    }
    let mut out = [[0.0; HEAD]; ROWS];
    for r in 0..ROWS {
        for v in 0..V {
            ops.store(sums[r][v], &mut out[r][v * lanes..(v + 1) * lanes]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers between -1 and 1 that look random and are always the same.
    fn numbers(n: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..n).map(|_| next()).collect()
    }

    #[test]
    fn int8_products_are_near_those_of_floats() {
        let executor = GemmExecutor::<u8, i8, i32>::default();
        let (n, depth, columns) = (37, 1536, 48);
        let x: Vec<f32> = numbers(n * depth, 1).iter().map(|v| v.max(-0.2)).collect();
        let weight: Vec<i8> = numbers(depth * columns, 2).iter().map(|v| (v * 63.0) as i8).collect();
        let (mut bytes, mut scales) = (Vec::new(), Vec::new());
        let zeros = vec![quantise(&x, depth, &mut bytes, &mut scales); n];
        let packed = executor.prepack_b(NdTensorView::from_data([depth, columns], &weight[..]));
        let mut sums = vec![0; n * columns];
        let a = GemmInputA::Unpacked(NdTensorView::from_data([n, depth], &bytes[..]));
        let options = GemmOptions { a_quant: Some(QuantParams { zero_point: &zeros }), ..Default::default() };
        executor.gemm(&mut sums, a, GemmInputB::Packed(&packed), options).expect("it fits");
        for (r, row) in x.chunks_exact(depth).enumerate() {
            for c in 0..columns {
                let expected: f32 =
                    row.iter().zip(weight[c..].iter().step_by(columns)).map(|(x, &w)| x * f32::from(w)).sum();
                let found = sums[r * columns + c] as f32 * scales[r];
                assert!((expected - found).abs() < 30.0, "{r} {c}: {expected} and {found}");
            }
        }
    }

    #[test]
    fn attention_is_the_mean_of_values_by_softmax() {
        let (n, d) = (45, 2 * HEAD);
        let qkv = numbers(n * 3 * d, 3);
        let mut out = vec![0.0; n * d];
        Attention { qkv: &qkv, width: d, out: &mut out }.dispatch();
        let part = |piece: usize, part: usize, at: usize| qkv[piece * 3 * d + part * d + at];
        for piece in 0..n {
            for head in [0, HEAD] {
                let dot = |j: usize| (head..head + HEAD).map(|k| part(piece, 0, k) * part(j, 1, k)).sum::<f32>();
                let weights: Vec<f32> = (0..n).map(|j| dot(j).exp()).collect();
                let total: f32 = weights.iter().sum();
                for k in head..head + HEAD {
                    let expected: f32 = weights.iter().enumerate().map(|(j, w)| w / total * part(j, 2, k)).sum();
                    assert!((expected - out[piece * d + k]).abs() < 1e-4);
                }
            }
        }
    }
}

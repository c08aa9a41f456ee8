//! Reading of weights: tensors of safetensors files that lie in the program, each of the type that it has to be.

use half::f16;
use safetensors::{Dtype, SafeTensors};

use crate::TaggerError;

/// Tensors whose shapes do not fit each other.
#[derive(Debug, thiserror::Error)]
#[error("of several shapes")]
pub(crate) struct Unfit;

/// What is said of weights that cannot be used.
pub(crate) fn unfit(what: &str, why: &dyn std::error::Error) -> TaggerError {
    TaggerError::Weights(format!("{what}: {why}"))
}

/// The ids of the built-in issues that stand in the head of a file of weights.
pub(crate) fn issue_ids(weights: &[u8], what: &str) -> Result<Vec<String>, TaggerError> {
    let (_, header) = SafeTensors::read_metadata(weights).map_err(|e| unfit(what, &e))?;
    let issues = header.metadata().as_ref().and_then(|m| m.get("issues")).cloned().unwrap_or_default();
    Ok(issues.split_whitespace().map(str::to_owned).collect())
}

/// A tensor of floats, which large ones hold as half floats.
pub(crate) fn floats(file: &SafeTensors<'_>, name: &str) -> Result<Vec<f32>, TaggerError> {
    if let Ok(halves) = data(file, name, Dtype::F16, "half floats") {
        let (numbers, _) = halves.as_chunks::<2>();
        return Ok(numbers.iter().map(|&b| f16::from_le_bytes(b).to_f32()).collect());
    }
    let (numbers, _) = data(file, name, Dtype::F32, "floats")?.as_chunks::<4>();
    Ok(numbers.iter().map(|&b| f32::from_le_bytes(b)).collect())
}

/// A tensor of whole numbers.
pub(crate) fn numbers(file: &SafeTensors<'_>, name: &str) -> Result<Vec<i32>, TaggerError> {
    let (numbers, _) = data(file, name, Dtype::I32, "whole numbers")?.as_chunks::<4>();
    Ok(numbers.iter().map(|&b| i32::from_le_bytes(b)).collect())
}

/// A tensor of bytes with signs.
pub(crate) fn int8(file: &SafeTensors<'_>, name: &str) -> Result<Vec<i8>, TaggerError> {
    Ok(int8_bytes(file, name)?.iter().map(|&b| b.cast_signed()).collect())
}

/// The same where it lies, before the signs are read.
pub(crate) fn int8_bytes<'a>(file: &SafeTensors<'a>, name: &str) -> Result<&'a [u8], TaggerError> {
    data(file, name, Dtype::I8, "int8")
}

fn data<'a>(file: &SafeTensors<'a>, name: &str, dtype: Dtype, called: &str) -> Result<&'a [u8], TaggerError> {
    let tensor = file.tensor(name).map_err(|e| unfit(name, &e))?;
    match tensor.dtype() {
        found if found == dtype => Ok(tensor.data()),
        other => Err(TaggerError::Weights(format!("{name}: {other:?} where {called} should be"))),
    }
}

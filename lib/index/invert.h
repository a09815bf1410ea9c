#pragma once

#include <string>

#include "limier/analyzer.h"
#include "limier/document.h"
#include "shard/indexed_document.h"

namespace limier {

/// Computes everything that a shard stores of a document; `file` is the key of its source file. Throws
/// Error{InvalidArgument} for an id or a date that IndexWriter::add refuses.
IndexedDocument invert(const Document& document, const Analyzer& analyzer, const std::string& file);

}  // namespace limier

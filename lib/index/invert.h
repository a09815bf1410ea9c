#pragma once

#include <string>
#include <string_view>

#include "limier/analyzer.h"
#include "limier/document.h"
#include "shard/indexed_document.h"
#include "shard/similarity.h"

namespace limier {

/// As Document has it.
bool is_valid_id(std::string_view id);

/// What a shard stores of a document but what its words tell: their number and the sketch, which `invert` fills in.
/// `file` is the key of its source file. Throws Error{InvalidArgument} for an id or a date that IndexWriter::add
/// refuses.
IndexedDocument describe(const Document& document, const std::string& file);

/// Hands the terms of a document to `terms`, and fills in what is missing in `indexed`, which `describe` made of it.
/// `sketcher` is used again for each document.
void invert(const Document& document, const Analyzer& analyzer, Sketcher& sketcher, IndexedDocument& indexed,
            TermSink& terms);

}  // namespace limier

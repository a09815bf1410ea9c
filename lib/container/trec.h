#pragma once

#include <memory>

#include "container/container.h"

namespace limier::container {

/// The collections of TREC and CLEF: documents between `<DOC>` and `</DOC>`, their id in `<DOCNO>`, with the tags that
/// newspapers and agencies use in them (trec.cc has the table). Other tags part paragraphs; what stands in them counts
/// as text where no tag says which the text is.
std::unique_ptr<Container> open_trec(Source source);

}  // namespace limier::container

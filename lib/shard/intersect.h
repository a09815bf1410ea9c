#pragma once

#include <cstddef>

#include "shard/postings.h"

namespace limier {

/// Moves all members to the first document from `target` on that every one of them has.
template <typename Members, typename Advance>
DocumentNumber intersect(Members& members, DocumentNumber target, Advance advance) {
  for (std::size_t agreeing = 0, i = 0; agreeing < members.size(); i = i + 1 < members.size() ? i + 1 : 0) {
    const DocumentNumber document = advance(members[i], target);
    if (document == no_document) return no_document;
    agreeing = document == target ? agreeing + 1 : 1;
    target = document;
  }
  return target;
}

}  // namespace limier

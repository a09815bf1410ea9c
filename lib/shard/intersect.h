#pragma once

#include <cstddef>

#include "shard/postings.h"

namespace limier {

/// Moves all members to the first document from `target` on that every one of them has. Where one leaps over the
/// document of those before it, the first goes on from there: the rarest ought to be, for it leaps furthest.
template <typename Members, typename Advance>
DocumentNumber intersect(Members& members, DocumentNumber target, Advance advance) {
  for (std::size_t i = 0; i < members.size();) {
    const DocumentNumber document = advance(members[i], target);
    if (document == no_document) return no_document;
    i = document == target || i == 0 ? i + 1 : 0;
    target = document;
  }
  return target;
}

}  // namespace limier

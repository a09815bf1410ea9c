// Any bytes as a query: it is refused as bad syntax, at an offset inside it, or its canonical spelling means the same,
// whatever share of the words has to match.
#include "fuzz.h"
#include "limier/error.h"
#include "limier/query.h"

namespace {

using namespace limier;

void check(std::string_view text, const QueryOptions& options) {
  Query query;
  try {
    query = parse_query(text, options);
  } catch (const Error& error) {
    require(error.code() == ErrorCode::QuerySyntax, "what cannot be parsed is bad syntax");
    require(error.offset() && *error.offset() <= text.size(), "the offence lies in the query");
    return;
  }
  const std::string spelling = to_string(query);
  require(parse_query(spelling, options) == query, "the canonical spelling means the same");
  require(to_string(parse_query(spelling, options)) == spelling, "the canonical spelling is its own");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(text_of(data, size), {});
  check(text_of(data, size), {.match = 0.75});
  return 0;
}

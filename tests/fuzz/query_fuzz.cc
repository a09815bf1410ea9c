// Any bytes as a query: it is refused as bad syntax, at an offset inside it, or its canonical spelling means the same.
#include "fuzz.h"
#include "limier/error.h"
#include "limier/query.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace limier;
  Query query;
  try {
    query = parse_query(text_of(data, size));
  } catch (const Error& error) {
    require(error.code() == ErrorCode::QuerySyntax, "what cannot be parsed is bad syntax");
    require(error.offset() && *error.offset() <= size, "the offence lies in the query");
    return 0;
  }
  const std::string spelling = to_string(query);
  require(parse_query(spelling) == query, "the canonical spelling means the same");
  require(to_string(parse_query(spelling)) == spelling, "the canonical spelling is its own");
  return 0;
}

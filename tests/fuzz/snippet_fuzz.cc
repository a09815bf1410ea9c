// Any bytes as a query and, on the next line, a text; two bytes before choose length and passages. What is wanted of
// each word and phrase is taken from the query itself, without an index.
#include <algorithm>
#include <vector>

#include "fuzz.h"
#include "limier/error.h"
#include "limier/query.h"
#include "query/plan_query.h"
#include "query/wanted.h"
#include "search/shard_set.h"
#include "snippet_invariants.h"

namespace limier {
namespace {

std::vector<Wanted> wanted_of(std::string_view query, const Analyzer& analyzer) {
  try {
    const ShardSet nothing;
    return wanted_in_title(plan_query(parse_query(query), RelatedWords(analyzer, nothing), SynonymTable(), {}));
  } catch (const Error&) {
    return {};  // Bad syntax: the text is cut all the same.
  }
}

}  // namespace
}  // namespace limier

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace limier;
  static const Analyzer analyzer;
  if (size < 2) return 0;
  const SnippetOptions options{.length = data[0], .passages = 1 + data[1] % std::size_t{3}};
  const std::string_view input = text_of(data + 2, size - 2);
  const std::size_t query_end = std::min(input.find('\n'), input.size());
  const std::string_view text = input.substr(std::min(query_end + 1, input.size()));
  const Snippet snippet = make_snippet(text, wanted_of(input.substr(0, query_end), analyzer), analyzer, options);
  const std::string breach = breach_in(snippet, text, options, analyzer);
  require(breach.empty(), breach);
  return 0;
}

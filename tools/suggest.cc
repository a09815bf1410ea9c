#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "limier/searcher.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "terminal.h"
#include "translate.h"

namespace limier::tools {
namespace {

struct SuggestOptions {
  std::string index;
  std::vector<std::string> words;
  std::size_t top = 10;
  bool json = false;
};

/// The keys are those of docs/json.md.
void print_json_completions(const std::string& text, const std::vector<Completion>& completions) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Completion& completion : completions)
    list.push_back({{"text", completion.text}, {"documents", completion.documents}});
  print_json({{"text", text}, {"completions", list}});
}

int run_suggest(const SuggestOptions& options) {
  Searcher searcher(options.index);
  const std::string text = join_words(options.words);
  const std::vector<Completion> completions = searcher.complete(text, options.top);
  if (options.json) {
    print_json_completions(text, completions);
  } else {
    for (const Completion& completion : completions)
      print(fmt::format("{}\t{}\n", printable_line(completion.text), number(completion.documents)));
  }
  return completions.empty() ? status::nothing_found : status::done;
}

}  // namespace

Subcommand add_suggest(CLI::App& app) {
  auto options = std::make_shared<SuggestOptions>();
  CLI::App* subcommand =
      add_subcommand(app, "suggest",
                     tr("Complete the last word of a query, and show what often follows it, each with the number of "
                        "documents that hold it.\nExit status 1 where nothing begins so."),
                     {"limier suggest press.idx coop", "limier suggest press.idx 'accord de p'",
                      "limier suggest --json --top 5 press.idx \"l'acc\" | jq -r '.completions[].text'"});
  add_index_option(*subcommand, options->index);
  subcommand->add_option("PREFIX", options->words, tr("What has been typed so far"))->required();
  add_top_option(*subcommand, options->top)->description(tr("How many completions, the best ones"));
  add_json_option(*subcommand, options->json);
  return {subcommand, [options] { return run_suggest(*options); }, true};
}

}  // namespace limier::tools

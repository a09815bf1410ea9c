#include <memory>
#include <string>
#include <vector>

#include "evaluation.h"
#include "hit_formats.h"
#include "input.h"
#include "limier/evaluation.h"
#include "limier/searcher.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "translate.h"

namespace limier::tools {
namespace {

struct RunOptions {
  std::string index;
  std::string topics;
  std::vector<std::string> topic_fields = {"title"};
  std::string tag = "limier";
  SearchOptions search{.top = 1000, .offset = 0, .documents = false, .ranking = {}};
};

int run_run(const RunOptions& options) {
  Searcher searcher(options.index);
  bool found = false;
  const auto read = [&options](std::istream& in, const std::string& name) {
    return read_topics(in, name, options.topic_fields);
  };
  for (const Topic& topic : read_input(options.topics, read)) {
    const SearchResult result = searcher.search(words_of(topic), options.search);
    found = found || !result.hits.empty();
    print_data(trec_lines(result.hits, topic.id, options.tag));
  }
  return found ? status::done : status::nothing_found;
}

}  // namespace

Subcommand add_run(CLI::App& app) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* subcommand = add_subcommand(
      app, "run", tr("Answer topics with a TREC run.\nA topic is taken as words; its punctuation has no meaning."),
      {"limier run press.idx --topics topics.tsv > press.run",
       "limier run press.idx --topics topics.tsv --k1 0.9 --b 0.4 --tag k09b04"});
  add_index_option(*subcommand, options->index);
  subcommand
      ->add_option("--topics", options->topics,
                   tr("Topics: lines of id, tab, text; TREC's or CLEF's tags; BEIR's JSON Lines; - for standard input"))
      ->option_text("FILE")
      ->required();
  add_topic_fields_option(*subcommand, options->topic_fields);
  add_top_option(*subcommand, options->search.top);
  subcommand->add_option("--tag", options->tag, tr("Name of the run"))->option_text("NAME")->capture_default_str();
  add_ranking_options(*subcommand, options->search.ranking);
  return {subcommand, [options] { return run_run(*options); }};
}

}  // namespace limier::tools

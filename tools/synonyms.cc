#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "limier/searcher.h"
#include "messages.h"
#include "options.h"
#include "output.h"
#include "search.h"
#include "subcommands.h"
#include "terminal.h"
#include "translate.h"

namespace limier::tools {
namespace {

using Json = nlohmann::ordered_json;

struct SynonymsOptions {
  std::string index;
  bool acronyms = false;
  bool json = false;
};

Json rules_to_json(const Synonyms& synonyms) {
  Json rules = Json::array();
  for (const SynonymRule& rule : synonyms.rules)
    rules.push_back({{"line", rule.line}, {"sides", rule.sides}, {"one_way", rule.one_way}});
  return {{"rules", rules}};
}

/// The rules in force; what else is in the file is complained about.
int print_rules(Searcher& searcher, const SynonymsOptions& options) {
  const Synonyms synonyms = searcher.synonyms();
  for (const Message& problem : synonyms.problems) complain(translated(problem));
  if (options.json) {
    print_json(rules_to_json(synonyms));
  } else {
    for (const SynonymRule& rule : synonyms.rules)
      print(printable_line(fmt::format("{}", fmt::join(rule.sides, rule.one_way ? " > " : " = "))) + '\n');
  }
  if (!synonyms.problems.empty()) return status::failed;
  if (!synonyms.rules.empty()) return status::done;
  complain(tr("no synonyms: write them into {}/synonyms.txt, in lines such as FMI = Fonds monétaire international",
              options.index));
  return status::nothing_found;
}

/// What the documents define, each line a rule that can be put into the file.
int print_acronyms(Searcher& searcher, const SynonymsOptions& options) {
  const std::vector<Acronym> acronyms = searcher.acronyms();
  if (options.json) {
    print_json({{"acronyms", acronyms_to_json(acronyms)}});
  } else {
    for (const Acronym& found : acronyms)
      print(printable_line(fmt::format("{} = {}  # {}", found.acronym, found.expansion,
                                       tr_n("{} document", "{} documents", found.documents))) +
            '\n');
  }
  return acronyms.empty() ? status::nothing_found : status::done;
}

int run_synonyms(const SynonymsOptions& options) {
  Searcher searcher(options.index);
  return options.acronyms ? print_acronyms(searcher, options) : print_rules(searcher, options);
}

}  // namespace

Subcommand add_synonyms(CLI::App& app) {
  auto options = std::make_shared<SynonymsOptions>();
  CLI::App* subcommand = add_subcommand(
      app, "synonyms",
      tr("Show the synonyms in force, and check the file that they are in, INDEX/synonyms.txt: a rule a line, edited "
         "with any editor, in force with the next search.\n"
         "FMI = Fonds monétaire international: each finds the others.\n"
         "véhicule > voiture > vélo: each finds those behind it, as from a wider term to narrower ones.\n"
         "Exit status 1 where there are none, 2 where a line is no rule."),
      {"limier synonyms press.idx", "limier synonyms --acronyms press.idx | head -20 >> press.idx/synonyms.txt"});
  add_index_option(*subcommand, options->index);
  subcommand->add_flag("--acronyms", options->acronyms,
                       tr("Instead, list the acronyms that the documents define, the most frequent first, as rules"));
  add_json_option(*subcommand, options->json);
  return {subcommand, [options] { return run_synonyms(*options); }, true};
}

}  // namespace limier::tools

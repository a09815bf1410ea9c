#include <fmt/format.h>

#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "limier/analyzer.h"
#include "limier/searcher.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "table.h"
#include "terminal.h"
#include "translate.h"

namespace limier::tools {
namespace {

using Json = nlohmann::ordered_json;

struct AnalyzeOptions {
  std::vector<std::string> words;
  std::string analyzer;
  std::string index;
  bool json = false;
};

std::string read_text(const std::vector<std::string>& words) {
  if (words != std::vector<std::string>{"-"}) return join_words(words);
  return {std::istreambuf_iterator<char>(std::cin), {}};
}

bool is_dropped(const Explanation& word) { return word.token.position == 0; }

std::string as_written(const Token& token, const std::string& text) {
  return text.substr(token.begin, token.end - token.begin);
}

std::string marks_of(const Explanation& word) {
  if (is_dropped(word)) return tr("dropped");
  std::string marks;
  if (word.token.stop_word) marks += tr("stop word");
  if (word.token.stop_word && word.token.joined) marks += ", ";
  if (word.token.joined) marks += tr("joined");
  return marks;
}

Json to_json(const Explanation& word, const std::string& text) {
  const Token& token = word.token;
  Json json;
  if (!is_dropped(word)) json["position"] = token.position;
  json.update({{"begin", token.begin}, {"end", token.end}, {"word", as_written(token, text)}, {"rule", word.rule}});
  if (is_dropped(word)) return json;
  json.update({{"exact", token.exact},
               {"folded", token.folded},
               {"stem", token.stem},
               {"stemmed_by", word.stemmed_by},
               {"stop_word", token.stop_word},
               {"joined", token.joined}});
  return json;
}

std::vector<std::string> to_row(const Explanation& word, const std::string& text) {
  const Token& token = word.token;
  return {is_dropped(word) ? "" : std::to_string(token.position),
          fmt::format("{}-{}", token.begin, token.end),
          printable_line(as_written(token, text)),
          translated(word.rule),
          printable_line(token.exact),
          printable_line(token.folded),
          printable_line(token.stem),
          translated(word.stemmed_by),
          marks_of(word)};
}

int print_json_tokens(const Analyzer& analyzer, const std::string& text) {
  Json tokens = Json::array(), dropped = Json::array();
  analyzer.explain(
      text, [&](const Explanation& word) { (is_dropped(word) ? dropped : tokens).push_back(to_json(word, text)); });
  print_json({{"tokens", tokens}, {"dropped", dropped}});
  return tokens.empty() ? status::nothing_found : status::done;
}

int print_table(const Analyzer& analyzer, const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  bool any = false;
  analyzer.explain(text, [&](const Explanation& word) {
    rows.push_back(to_row(word, text));
    any = any || !is_dropped(word);
  });
  if (!rows.empty()) {
    print(format_table({{tr("position"), true},
                        {tr("bytes"), true},
                        {tr("written")},
                        {tr("rule")},
                        {tr("exact")},
                        {tr("folded")},
                        {tr("stem")},
                        {tr("stemmed by")},
                        {tr("marks")}},
                       rows));
  }
  return any ? status::done : status::nothing_found;
}

int print_tokens(const Analyzer& analyzer, const AnalyzeOptions& options) {
  const std::string text = read_text(options.words);
  return options.json ? print_json_tokens(analyzer, text) : print_table(analyzer, text);
}

int run_analyze(const AnalyzeOptions& options) {
  if (!options.index.empty()) return print_tokens(Searcher(options.index).analyzer(), options);
  return print_tokens(Analyzer(parse_analyzer_options(options.analyzer)), options);
}

}  // namespace

Subcommand add_analyze(CLI::App& app) {
  auto options = std::make_shared<AnalyzeOptions>();
  CLI::App* subcommand = add_subcommand(
      app, "analyze",
      tr("Show what becomes of each word of a text.\n"
         "A row a word, a column a step: the word as written, with its bytes (the first, and the one past the last), "
         "the "
         "rule that cut it out, its exact form, the same without accents, its stem, and what gave the stem.\n"
         "An index finds a word by its stem; the exact form ranks, and answers =word and word*.\n"
         "Exit status 1 where there is no token."),
      {"limier analyze \"L'accord d'aujourd'hui\"", "limier analyze --analyzer stemmer=light les chevaux",
       "limier extract page.html | jq -r .body | limier analyze -"});
  subcommand->add_option("TEXT", options->words, tr("The text, or - for standard input"))->required();
  CLI::Option* analyzer =
      add_analyzer_option(*subcommand, options->analyzer, tr("How words are taken, as stemmer=light,elision=off"));
  subcommand->add_option("--index", options->index, tr("Take words as this index does"))
      ->option_text("INDEX")
      ->excludes(analyzer);
  add_json_option(*subcommand, options->json);
  return {subcommand, [options] { return run_analyze(*options); }, true};
}

}  // namespace limier::tools

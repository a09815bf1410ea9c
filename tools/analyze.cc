#include <fmt/format.h>

#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "limier/analyzer.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "table.h"
#include "terminal.h"

namespace limier::tools {
namespace {

using Json = nlohmann::ordered_json;

struct AnalyzeOptions {
  std::vector<std::string> words;
  bool json = false;
};

std::string read_text(const std::vector<std::string>& words) {
  if (words != std::vector<std::string>{"-"}) return join_words(words);
  return {std::istreambuf_iterator<char>(std::cin), {}};
}

std::string word_as_written(const Token& token, const std::string& text) {
  return text.substr(token.begin, token.end - token.begin);
}

std::string marks_of(const Token& token) {
  std::string marks;
  if (token.stop_word) marks += "stop word";
  if (token.stop_word && token.joined) marks += ", ";
  if (token.joined) marks += "joined";
  return marks;
}

Json token_to_json(const Token& token, const std::string& text) {
  return {{"position", token.position}, {"begin", token.begin},
          {"end", token.end},           {"word", word_as_written(token, text)},
          {"exact", token.exact},       {"folded", token.folded},
          {"stem", token.stem},         {"stop_word", token.stop_word},
          {"joined", token.joined}};
}

std::vector<std::string> token_to_row(const Token& token, const std::string& text) {
  return {std::to_string(token.position),
          fmt::format("{}-{}", token.begin, token.end),
          printable_line(word_as_written(token, text)),
          printable_line(token.exact),
          printable_line(token.stem),
          marks_of(token)};
}

int run_analyze(const AnalyzeOptions& options) {
  const std::string text = read_text(options.words);
  Json tokens = Json::array();
  std::vector<std::vector<std::string>> rows;
  Analyzer().analyze(text, [&](const Token& token) {
    if (options.json) {
      tokens.push_back(token_to_json(token, text));
    } else {
      rows.push_back(token_to_row(token, text));
    }
  });
  if (options.json) {
    print_json({{"tokens", tokens}});
  } else if (!rows.empty()) {
    print(format_table({{"position", true}, {"bytes", true}, {"word"}, {"exact"}, {"stem"}, {"marks"}}, rows));
  }
  return rows.empty() && tokens.empty() ? status::nothing_found : status::done;
}

}  // namespace

Subcommand add_analyze(CLI::App& app) {
  auto options = std::make_shared<AnalyzeOptions>();
  CLI::App* subcommand = add_subcommand(
      app, "analyze",
      "Show the tokens of a text.\n"
      "Position, bytes (the first, and the one past the last), the word as written, its exact form, its stem.\n"
      "Exit status 1 where there is none.",
      {"limier analyze \"L'accord d'aujourd'hui\"", "limier extract page.html | jq -r .body | limier analyze -"});
  subcommand->add_option("TEXT", options->words, "The text, or - for standard input")->required();
  add_json_option(*subcommand, options->json);
  return {subcommand, [options] { return run_analyze(*options); }};
}

}  // namespace limier::tools

#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "limier/query.h"
#include "limier/searcher.h"
#include "limier/snippet.h"

// What every subcommand that finds documents shares.
namespace limier::tools {

/// What is searched, and how the answer is shown.
struct SearchCommand {
  std::vector<std::string> indexes;
  SearchOptions search;
  SnippetOptions snippet;
  bool suggest = true;  ///< Whether another spelling of the query is looked for.
  bool explain = false;
  bool json = false;
  std::string format = "text";
  std::string color = "auto";
};

/// Which hits are shown, in which order and how.
void add_result_options(CLI::App& app, SearchCommand& options);

/// The words of a query as one text, without the space that keeps `-word` from being taken for an option.
std::string query_text(std::vector<std::string> words);

/// Searches and prints what was found; `text` is the query as JSON tells it. Gives the exit status.
int answer(Searcher searcher, const Query& query, const std::string& text, const SearchCommand& options);

/// Runs `action`; where the query `text` cannot be parsed, shows where. Gives the exit status.
int with_caret(const std::string& text, const std::function<int()>& action);

nlohmann::ordered_json acronyms_to_json(const std::vector<Acronym>& acronyms);

}  // namespace limier::tools

#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
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
  bool typed = true;  ///< Whether the query is what somebody typed, who wants to hear of its words and spelling.
  bool explain = false;
  std::string format = "text";
  bool json = false;  ///< For `format`.
  bool null = false;
  std::string color = "auto";
};

/// What is asked, and where it was read.
struct Question {
  std::string text;
  Query query;
  std::string topic = "1";  ///< In a TREC run.
  std::size_t line = 0;     ///< Of standard input; 0 for the command line.
};

/// Which hits are shown, in which order and how.
void add_result_options(CLI::App& app, SearchCommand& options);

/// What follows from the format that was asked for; to be called before `answer`.
void settle_format(SearchCommand& options);

/// The words of a query as one text, without the space that keeps `-word` from being taken for an option.
std::string query_text(std::vector<std::string> words);

/// Searches and prints what was found. Gives the exit status.
int answer(Searcher& searcher, const Question& question, const SearchCommand& options);

/// Runs `action`; where it fails because of the query `text`, says where and why. Gives the exit status.
int with_caret(const std::string& text, const std::function<int()>& action);

nlohmann::ordered_json acronyms_to_json(const std::vector<Acronym>& acronyms);

}  // namespace limier::tools

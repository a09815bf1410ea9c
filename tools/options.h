#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "limier/evaluation.h"
#include "limier/searcher.h"

// Options that several subcommands share are spelled here, once each.
namespace limier::tools {

/// Adds the subcommand `name`, whose help ends in `examples`, one a line.
CLI::App* add_subcommand(CLI::App& app, const std::string& name, const std::string& description,
                         const std::vector<std::string>& examples);

/// The examples with a heading, one a line.
std::string examples_footer(const std::vector<std::string>& examples);

/// Lets the option take one of `words`, `auto|always|never`, and what `english` makes the same as one of them; it hands
/// on the word of `words`.
CLI::Option* take_one_of(CLI::Option* option, const std::string& words,
                         std::string (*english)(const std::string&) = nullptr);

CLI::Option* add_index_option(CLI::App& app, std::string& index);
CLI::Option* add_json_option(CLI::App& app, bool& json);

/// `settings` is what parse_analyzer_options reads.
CLI::Option* add_analyzer_option(CLI::App& app, std::string& settings, const std::string& description);
void add_pager_option(CLI::App& app, bool& no_pager);

void add_color_option(CLI::App& app, std::string& color);
void add_wait_option(CLI::App& app, std::chrono::milliseconds& lock_timeout);
void add_threads_option(CLI::App& app, unsigned& threads);
CLI::Option* add_top_option(CLI::App& app, std::size_t& top);
void add_offset_option(CLI::App& app, std::size_t& offset);
void add_ranking_options(CLI::App& app, RankingOptions& ranking);

/// `fields` are those of read_topics.
void add_topic_fields_option(CLI::App& app, std::vector<std::string>& fields);

/// `measures` is what parse_measures reads.
void add_measures_option(CLI::App& app, std::string& measures);
void add_resampling_options(CLI::App& app, ResamplingOptions& resampling);

/// The words as one text, a space between them.
std::string join_words(const std::vector<std::string>& words);

}  // namespace limier::tools

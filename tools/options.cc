#include "options.h"

#include <fmt/chrono.h>

#include <cmath>
#include <ctime>
#include <functional>
#include <thread>

#include "translate.h"

namespace limier::tools {
namespace {

constexpr double longest_wait_seconds = 1e6;
constexpr long long most_documents = 1'000'000'000;

std::string local_day() { return fmt::format("{:%Y-%m-%d}", fmt::localtime(std::time(nullptr))); }

void add_ranking_option(CLI::App& app, const std::string& name, double& value, const std::string& description) {
  app.add_option(name, value, description)->option_text("X")->capture_default_str()->group(tr("Ranking"));
}

}  // namespace

std::string examples_footer(const std::vector<std::string>& examples) {
  std::string footer = tr("Examples:");
  for (const std::string& example : examples) footer += "\n  " + example;
  return footer;
}

CLI::App* add_subcommand(CLI::App& app, const std::string& name, const std::string& description,
                         const std::vector<std::string>& examples) {
  CLI::App* subcommand = app.add_subcommand(name, description);
  subcommand->footer(examples_footer(examples));
  return subcommand;
}

CLI::Option* take_one_of(CLI::Option* option, const std::string& words, std::string (*english)(const std::string&)) {
  const std::function<std::string(std::string)> same = english;
  return option->option_text(words)->transform(CLI::IsMember(CLI::detail::split(words, '|'), same));
}

CLI::Option* add_index_option(CLI::App& app, std::string& index) {
  return app.add_option("INDEX", index, tr("Directory of the index"))->required();
}

CLI::Option* add_json_option(CLI::App& app, bool& json) { return app.add_flag("--json", json, tr("Print JSON")); }

CLI::Option* add_analyzer_option(CLI::App& app, std::string& settings, const std::string& description) {
  return app.add_option("--analyzer", settings, description)->option_text("KEY=VALUE,...");
}

void add_pager_option(CLI::App& app, bool& no_pager) {
  app.add_flag("--no-pager", no_pager, tr("Print to the terminal, however long it is"));
}

void add_color_option(CLI::App& app, std::string& color) {
  take_one_of(app.add_option("--color", color, tr("Colours; auto: on a terminal, unless NO_COLOR is set")),
              "auto|always|never");
}

void add_wait_option(CLI::App& app, std::chrono::milliseconds& lock_timeout) {
  const auto read_seconds = [&lock_timeout](const double& seconds) {
    lock_timeout = std::chrono::milliseconds(std::llround(seconds * 1000));
  };
  app.add_option_function<double>("--wait", read_seconds, tr("Wait up to so many seconds while another process writes"))
      ->option_text("SECONDS")
      ->check(CLI::Range(0.0, longest_wait_seconds));
}

void add_threads_option(CLI::App& app, unsigned& threads) {
  threads = std::max(1U, std::thread::hardware_concurrency());
  app.add_option("--threads", threads,
                 tr("How many things are done at a time; default: as many as the machine has processors"))
      ->option_text("N")
      ->check(CLI::Range(1, 1024));
}

CLI::Option* add_top_option(CLI::App& app, std::size_t& top) {
  return app.add_option("--top", top, tr("How many documents, the best ones"))
      ->option_text("K")
      ->check(CLI::Range(0LL, most_documents))
      ->capture_default_str();
}

void add_offset_option(CLI::App& app, std::size_t& offset) {
  app.add_option("--offset", offset, tr("How many of the best to pass over"))
      ->option_text("N")
      ->check(CLI::Range(0LL, most_documents));
}

void add_ranking_options(CLI::App& app, RankingOptions& ranking) {
  add_ranking_option(app, "--k1", ranking.k1, tr("BM25: how long repeating a word goes on to count"));
  add_ranking_option(app, "--b", ranking.b, tr("BM25: how much long documents are held back, 0 to 1"));
  add_ranking_option(app, "--title-weight", ranking.title_weight, tr("How many times a word in the title counts"));
  add_ranking_option(app, "--exact-share", ranking.exact_share, tr("What the very form that was typed adds"));
  add_ranking_option(app, "--stop-share", ranking.stop_share, tr("What a rare word of grammar counts, 0 to 1"));
  add_ranking_option(app, "--family-share", ranking.family_share,
                     tr("How much a word of the same family counts, 0 to 1"));
  add_ranking_option(app, "--misspelt-share", ranking.misspelt_share,
                     tr("How much a word counts for one that no document has, for each letter that differs, 0 to 1"));
  add_ranking_option(app, "--lead-share", ranking.lead_share, tr("What standing in the lead of a text adds"));
  add_ranking_option(app, "--pair-share", ranking.pair_share, tr("What words near each other add"));
  add_ranking_option(app, "--order-share", ranking.order_share,
                     tr("What neighbours add that stand as they were typed"));
  add_ranking_option(app, "--mark-share", ranking.mark_share, tr("What names and words in quotation marks add"));
  app.add_option("--rerank", ranking.rerank,
                 tr("How many of the best documents, at most, are looked at for very forms, families and places"))
      ->option_text("N")
      ->capture_default_str()
      ->group(tr("Ranking"));
  add_ranking_option(app, "--freshness", ranking.freshness,
                     tr("What a document of today gains, as a share of its score"));
  add_ranking_option(app, "--half-life", ranking.half_life, tr("After how many days half of that is left"));
  ranking.today = local_day();
  app.add_option("--today", ranking.today, tr("From which day dates are reckoned, not the clock's"))
      ->option_text("YYYY-MM-DD")
      ->group(tr("Ranking"));
}

void add_topic_fields_option(CLI::App& app, std::vector<std::string>& fields) {
  app.add_option("--topic-fields", fields, tr("What of topics in tags is asked, as title,desc"))
      ->option_text("FIELD,...")
      ->delimiter(',')
      ->default_str("title");
}

void add_measures_option(CLI::App& app, std::string& measures) {
  app.add_option("--measures", measures, tr("What to measure, in the words of ir_measures"))
      ->option_text("MEASURES")
      ->capture_default_str();
}

void add_resampling_options(CLI::App& app, ResamplingOptions& resampling) {
  app.add_option("--samples", resampling.samples,
                 tr("How many random samples intervals and randomisation tests are made of"))
      ->option_text("N")
      ->check(CLI::Range(1LL, most_documents))
      ->capture_default_str();
  app.add_option("--seed", resampling.seed, tr("Where chance begins: the same number gives the same figures"))
      ->option_text("N")
      ->capture_default_str();
}

std::string join_words(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

}  // namespace limier::tools

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "limier/error.h"
#include "limier/query.h"
#include "limier/searcher.h"
#include "limier/snippet.h"
#include "messages.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "terminal.h"
#include "translate.h"
#include "wrap.h"

namespace limier::tools {
namespace {

using Json = nlohmann::ordered_json;

struct CommandOptions {
  std::string index;
  std::vector<std::string> words;
  SearchOptions search;
  bool json = false;
  std::string color = "auto";
};

constexpr std::size_t room_for_ellipses = 6;

/// The title with its highlights: a snippet that is long enough to hold all of it.
Snippet highlight_title(const Document& document, const SearchResult& result, const Analyzer& analyzer) {
  return make_snippet(document.title, result.stems, analyzer, {.length = document.title.size() + room_for_ellipses});
}

std::string paint_snippet(const Snippet& snippet, const fmt::text_style& base, const Painter& paint) {
  const std::string_view text = snippet.text;
  std::string painted;
  std::size_t done = 0;
  for (const Snippet::Range& range : snippet.highlights) {
    painted += paint(base, printable_line(text.substr(done, range.begin - done)));
    painted += paint(style::highlight, printable_line(text.substr(range.begin, range.end - range.begin)));
    done = range.end;
  }
  return painted + paint(base, printable_line(text.substr(done)));
}

std::string format_origin(const Hit& hit, const Painter& paint) {
  std::string line;
  const auto append = [&](const fmt::text_style& style, const std::string& value) {
    if (value.empty()) return;
    if (!line.empty()) line += " · ";
    line += paint(style, printable_line(value));
  };
  append(style::site, hit.document.site);
  append(style::date, date(hit.document.date));
  append(style::id, hit.id);
  return line;
}

std::string format_hit(const Hit& hit, std::size_t rank, const SearchResult& result, const Analyzer& analyzer,
                       const Painter& paint) {
  Snippet title = highlight_title(hit.document, result, analyzer);
  if (title.text.empty()) title = {.text = tr("(untitled)"), .highlights = {}};
  std::string text = fmt::format("{}. {}\n", rank, paint_snippet(title, style::title, paint));
  text += fmt::format("   {}\n", format_origin(hit, paint));
  const Snippet body = make_snippet(hit.document.body, result.stems, analyzer);
  if (!body.text.empty()) text += fmt::format("   {}\n", paint_snippet(body, {}, paint));
  if (hit.hidden > 0) text += "   " + tr_n("({} more nearly the same)", "({} more nearly the same)", hit.hidden) + '\n';
  return text;
}

void print_hits(const SearchResult& result, const Analyzer& analyzer, const CommandOptions& options) {
  const Painter paint(options.color);
  const std::size_t first = options.search.offset + 1;
  std::string heading = tr_n("{} document", "{} documents", result.total);
  const std::uint64_t hidden = std::accumulate(result.hits.begin(), result.hits.end(), std::uint64_t{0},
                                               [](std::uint64_t sum, const Hit& hit) { return sum + hit.hidden; });
  if (!result.hits.empty() && result.hits.size() + hidden < result.total) {
    heading += tr(", {} to {} shown", number(first), number(first + result.hits.size() - 1));
  }
  print(heading + '\n');
  for (std::size_t i = 0; i < result.hits.size(); ++i) {
    print(wrapped_for_terminal('\n' + format_hit(result.hits[i], first + i, result, analyzer, paint), 3));
  }
}

Json snippet_to_json(const Snippet& snippet) {
  Json highlights = Json::array();
  for (const Snippet::Range& range : snippet.highlights) highlights.push_back({range.begin, range.end});
  return {{"text", snippet.text}, {"highlights", highlights}};
}

/// The document's keys are those of `limier show --json`; the body gives way to a snippet of it.
Json hit_to_json(const Hit& hit, std::size_t rank, const SearchResult& result, const Analyzer& analyzer) {
  Json document = Json::parse(to_json(hit.document));
  document.erase("body");
  Json json = {{"rank", rank},
               {"score", hit.score},
               {"document", document},
               {"snippet", snippet_to_json(make_snippet(hit.document.body, result.stems, analyzer))}};
  if (hit.hidden > 0) json["hidden"] = hit.hidden;
  return json;
}

void print_json_result(const std::string& query, const SearchResult& result, const Analyzer& analyzer,
                       const CommandOptions& options) {
  Json hits = Json::array();
  for (const Hit& hit : result.hits) {
    hits.push_back(hit_to_json(hit, options.search.offset + hits.size() + 1, result, analyzer));
  }
  print_json({{"query", query}, {"total", result.total}, {"offset", options.search.offset}, {"hits", hits}});
}

/// The words without the space that keeps `-word` from being taken for an option.
std::string query_text(std::vector<std::string> words) {
  for (std::string& word : words) {
    if (word.starts_with(" -")) word.erase(0, 1);
  }
  return join_words(words);
}

int search(const std::string& text, const Query& query, const CommandOptions& options) {
  Searcher searcher(options.index);
  const SearchResult result = searcher.search(query, options.search);
  if (options.json) {
    print_json_result(text, result, searcher.analyzer(), options);
  } else {
    print_hits(result, searcher.analyzer(), options);
  }
  return result.hits.empty() ? status::nothing_found : status::done;
}

int run_search(const CommandOptions& options) {
  const std::string text = query_text(options.words);
  try {
    return search(text, parse_query(text), options);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::QuerySyntax) throw;
    complain(error, text);
    return status::failed;
  }
}

}  // namespace

Subcommand add_search(CLI::App& app) {
  auto options = std::make_shared<CommandOptions>();
  CLI::App* subcommand = add_subcommand(
      app, "search",
      tr("Find documents, the best first, with the passage that answers.\n"
         "Exit status 1 where nothing is found.\n"
         "Query: words are alternatives; \"a phrase\", +must, -not, ET, OU, SAUF, ( ), titre:, auteur:, site:, "
         "rubrique:, "
         "tag:, source:, date:2022-11, date:2022-11-23..2023-02."),
      {"limier search press.idx accord de coopération", "limier search press.idx 'titre:mali +armes -Russie'",
       "limier search press.idx '\"coup d’État\" ET date:2022-11'",
       "limier search --json --top 100 press.idx putsch | jq '.hits[].document.url'"});
  add_index_option(*subcommand, options->index);
  subcommand->add_option("QUERY", options->words, tr("Words of the query"))->required();
  add_top_option(*subcommand, options->search.top);
  add_offset_option(*subcommand, options->search.offset);
  const auto collapse = [options] { options->search.collapse = Collapse::Similar; };
  subcommand->add_flag_callback(
      "--collapse", collapse, tr("Of documents that are nearly the same, show the best, and how many more there are"));
  add_color_option(*subcommand, options->color);
  add_json_option(*subcommand, options->json);
  add_ranking_options(*subcommand, options->search.ranking);
  return {subcommand, [options] { return run_search(*options); }, true};
}

}  // namespace limier::tools

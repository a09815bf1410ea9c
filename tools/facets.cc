#include "facets.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "limier/error.h"
#include "names.h"
#include "translate.h"

namespace limier::tools {
namespace {

using Json = nlohmann::ordered_json;

/// A bar of `share`, from 0 to 1, of the full width in columns. Whatever is above 0 is seen.
std::string bar(double share, std::size_t width) {
  constexpr std::size_t parts = 8;
  constexpr const char* partial[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const double exact = share * static_cast<double>(width * parts);
  const auto eighths = std::max<std::size_t>(static_cast<std::size_t>(exact + 0.5), share > 0 ? 1 : 0);
  std::string bar;
  for (std::size_t i = 0; i < eighths / parts; ++i) bar += "█";
  return bar + partial[eighths % parts];
}

/// What of a line is left for bars beside `taken` columns.
std::size_t bar_width(std::size_t taken) {
  constexpr std::size_t widest = 30;
  const std::size_t columns = terminal_size().value_or(TerminalSize{}).columns;
  return std::min(widest, std::max<std::size_t>(columns, taken + 1) - taken);
}

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t taken = display_width(text);
  return text + std::string(width > taken ? width - taken : 0, ' ');
}

}  // namespace

FacetOptions parse_facet(std::string_view text) {
  FacetOptions facet;
  const std::size_t colon = text.rfind(':');
  facet.field = english_name(std::string(text.substr(0, colon)));
  if (colon == std::string_view::npos) return facet;
  const std::string_view number = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), facet.top);
  if (number.empty() || error != std::errc() || end != number.data() + number.size())
    throw Error(ErrorCode::InvalidArgument, {tr("facet {}: behind the colon goes the number of values", text), {}});
  return facet;
}

std::string format_facet(const Facet& facet, const Painter& paint) {
  constexpr std::size_t widest = 40;  // Columns; a longer value pushes its own bar aside.
  std::size_t width = 0;
  std::uint64_t most = 1;
  for (const FacetValue& value : facet.values) {
    width = std::min(widest, std::max(width, display_width(printable_line(value.value))));
    most = std::max(most, value.count);
  }
  const std::size_t full = bar_width(2 + width + 2 + 1 + display_width(number(most)));
  const std::string summary = tr("{} in {}", tr_n("{} value", "{} values", facet.distinct),
                                 tr_n("{} document", "{} documents", facet.documents));
  std::string text =
      fmt::format("{} {}\n", tr("{}:", paint(style::title, printable_line(local_name(facet.field)))), summary);
  for (const FacetValue& value : facet.values) {
    const std::string drawn = bar(static_cast<double>(value.count) / static_cast<double>(most), full);
    text += fmt::format("  {}  {}{}{}\n", padded(printable_line(value.value), width), paint(style::site, drawn),
                        drawn.empty() ? "" : " ", number(value.count));
  }
  return text;
}

Json facets_to_json(const std::vector<Facet>& facets) {
  Json all = Json::array();
  for (const Facet& facet : facets) {
    Json values = Json::array();
    for (const FacetValue& value : facet.values) values.push_back({{"value", value.value}, {"count", value.count}});
    all.push_back({{"field", facet.field},
                   {"documents", facet.documents},
                   {"distinct", facet.distinct},
                   {"values", std::move(values)}});
  }
  return all;
}

}  // namespace limier::tools

#include "analysis/analyzer_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include "limier/error.h"
#include "text/message.h"

namespace limier {
namespace {

template <typename Table>
auto find_name(const Table& table, std::string_view name) {
  const auto found = std::ranges::find(table, name, [](const auto& row) { return row.name; });
  return found == std::end(table) ? nullptr : found;
}

[[noreturn]] void refuse(std::string_view setting) {
  std::string stemmers, switches;
  for (const StemmerName& known : stemmer_names)
    stemmers += fmt::format("{}{}", stemmers.empty() ? "" : "|", known.name);
  for (const AnalyzerSwitch& known : analyzer_switches) switches += fmt::format(", {}=on|off", known.name);
  throw Error(ErrorCode::InvalidArgument,
              message("'{}' is no setting of the analyzer; there are stemmer={}{}, each at most once", setting,
                      stemmers, switches));
}

void apply(std::string_view setting, std::set<std::string_view>& seen, AnalyzerOptions& options) {
  const auto sign = setting.find('=');
  if (sign == setting.npos) refuse(setting);
  const auto key = setting.substr(0, sign), value = setting.substr(sign + 1);
  if (!seen.insert(key).second) refuse(setting);
  if (key == "stemmer") {
    const StemmerName* known = find_stemmer(value);
    if (known == nullptr) refuse(setting);
    options.stemmer = known->stemmer;
  } else {
    const AnalyzerSwitch* known = find_switch(key);
    if (known == nullptr || (value != "on" && value != "off")) refuse(setting);
    options.*known->member = value == "on";
  }
}

}  // namespace

std::string_view name_of(Stemmer stemmer) {
  return std::ranges::find(stemmer_names, stemmer, &StemmerName::stemmer)->name;
}

const StemmerName* find_stemmer(std::string_view name) { return find_name(stemmer_names, name); }
const AnalyzerSwitch* find_switch(std::string_view name) { return find_name(analyzer_switches, name); }

std::string print_analyzer_options(const AnalyzerOptions& options) {
  std::string text = fmt::format("stemmer={}", name_of(options.stemmer));
  for (const AnalyzerSwitch& known : analyzer_switches)
    text += fmt::format(",{}={}", known.name, options.*known.member ? "on" : "off");
  return text;
}

AnalyzerOptions parse_analyzer_options(std::string_view text) {
  AnalyzerOptions options;
  std::set<std::string_view> seen;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    apply(text.substr(0, comma), seen, options);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return options;
}

}  // namespace limier

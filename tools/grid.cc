#include "grid.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include "limier/error.h"
#include "options.h"
#include "translate.h"

namespace limier::tools {
namespace {

constexpr std::size_t most_settings = 100'000;

struct Axis {
  std::string name;
  std::vector<std::string> values;
};

[[noreturn]] void refuse(const std::string& axis) {
  throw Error(ErrorCode::InvalidArgument,
              {tr("{} is no row of settings; one is NAME=VALUE,VALUE or NAME=FROM..TO:STEP", axis), {}});
}

double number_of(std::string_view text, const std::string& axis) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) refuse(axis);
  return value;
}

/// 0.6..2.0:0.2, both ends included. The values are written as short as the step allows.
std::vector<std::string> values_of_range(std::string_view text, std::size_t dots, const std::string& axis) {
  const std::size_t colon = text.find(':', dots);
  if (colon == std::string_view::npos) refuse(axis);
  const double from = number_of(text.substr(0, dots), axis);
  const double to = number_of(text.substr(dots + 2, colon - dots - 2), axis);
  const double step = number_of(text.substr(colon + 1), axis);
  if (step <= 0 || to < from || (to - from) / step > static_cast<double>(most_settings)) refuse(axis);
  const auto count = static_cast<std::size_t>(std::floor((to - from) / step + 1e-9)) + 1;
  std::vector<std::string> values;
  for (std::size_t i = 0; i < count; ++i)
    values.push_back(fmt::format("{:.10g}", from + static_cast<double>(i) * step));
  return values;
}

Axis axis_of(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string::npos || equals + 1 == text.size()) refuse(text);
  Axis axis{text.substr(0, equals), {}};
  std::string_view values = std::string_view(text).substr(equals + 1);
  if (const std::size_t dots = values.find(".."); dots != std::string_view::npos) {
    axis.values = values_of_range(values, dots, text);
    return axis;
  }
  while (true) {
    const std::size_t comma = values.find(',');
    if (comma == 0 || values.empty()) refuse(text);
    axis.values.emplace_back(values.substr(0, comma));
    if (comma == std::string_view::npos) return axis;
    values.remove_prefix(comma + 1);
  }
}

bool is_of_analyzer(const std::string& name) {
  return (',' + print_analyzer_options({})).find(',' + name + '=') != std::string::npos;
}

/// Reads the setting as the command line does.
void set_ranking(RankingOptions& ranking, const std::string& name, const std::string& value) {
  std::string option = "--" + name;
  std::replace(option.begin(), option.end(), '_', '-');
  CLI::App app;
  app.set_help_flag();
  add_ranking_options(app, ranking);
  try {
    app.parse(std::vector<std::string>{value, option});
  } catch (const CLI::ParseError&) {
    throw Error(ErrorCode::InvalidArgument,
                {tr("{}={} is no setting of the ranking or the analyzer", name, value), {}});
  }
}

struct Assignment {
  std::string name, value;
};

Setting setting_of(const std::vector<Assignment>& assignments) {
  Setting setting;
  std::string analyzer;
  for (const auto& [name, value] : assignments) {
    const std::string text = name + '=' + value;
    setting.name += (setting.name.empty() ? "" : ",") + text;
    if (is_of_analyzer(name)) {
      analyzer += (analyzer.empty() ? "" : ",") + text;
    } else {
      set_ranking(setting.ranking, name, value);
    }
  }
  setting.analyzer = parse_analyzer_options(analyzer);
  return setting;
}

/// Every way to take one value of each axis, the last axis varying fastest.
std::vector<std::vector<Assignment>> combinations(const std::vector<Axis>& axes) {
  std::vector<std::vector<Assignment>> all = {{}};
  for (const Axis& axis : axes) {
    if (all.size() * axis.values.size() > most_settings) {
      throw Error(ErrorCode::InvalidArgument, {tr("there are more than {} settings", number(most_settings)), {}});
    }
    std::vector<std::vector<Assignment>> longer;
    for (const auto& begun : all) {
      for (const std::string& value : axis.values) {
        longer.push_back(begun);
        longer.back().push_back({axis.name, value});
      }
    }
    all = std::move(longer);
  }
  return all;
}

}  // namespace

std::vector<Setting> settings_of(const std::vector<std::string>& axes) {
  std::vector<Axis> parsed;
  for (const std::string& axis : axes) parsed.push_back(axis_of(axis));
  std::vector<Setting> settings = {{.name = "defaults"}};
  if (parsed.empty()) return settings;
  for (const auto& assignments : combinations(parsed)) settings.push_back(setting_of(assignments));
  return settings;
}

}  // namespace limier::tools

#pragma once

#include <string>
#include <vector>

// Plots for pages, as SVG that stands in the page. Colours are those of the page: --s0, --s1, … of the series, --up and
// --down of what got better and worse.
namespace limier::tools {

/// How many colours there are; more series begin anew.
inline constexpr std::size_t series_colors = 6;

struct Series {
  std::string name;
  std::vector<double> values;
};

/// Values at 0, 0.1, … 1, as lines; both axes from 0 to 1.
std::string curve_plot(const std::vector<Series>& curves, const std::string& x_name, const std::string& y_name);

/// How many values of each series lie in each tenth from 0 to 1, as bars side by side.
std::string distribution_plot(const std::vector<Series>& series, const std::string& x_name, const std::string& y_name);

struct NamedValue {
  std::string name;
  double value = 0;
};

/// Values between -1 and 1 in their order, as bars from a line at 0; their names show under the pointer.
std::string bar_plot(const std::vector<NamedValue>& bars);

struct NamedInterval {
  std::string name;
  double mean = 0, low = 0, high = 0;
  std::size_t color = 0;  ///< Of which series.
};

/// A line for each, with a point at the mean, on one axis with a line at 0.
std::string interval_plot(const std::vector<NamedInterval>& intervals);

}  // namespace limier::tools

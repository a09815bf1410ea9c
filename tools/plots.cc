#include "plots.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "html.h"

namespace limier::tools {
namespace {

constexpr std::size_t tenths = 10;

/// Where values are drawn: an area in a picture, with room for what stands around it.
struct Area {
  double left, top, width, height;
  double x_low = 0, x_high = 1, y_low = 0, y_high = 1;

  double x(double value) const { return left + width * (value - x_low) / (x_high - x_low); }
  double y(double value) const { return top + height * (y_high - value) / (y_high - y_low); }
  double right() const { return left + width; }
  double bottom() const { return top + height; }
};

std::string picture(double width, double height, const std::string& content) {
  return fmt::format("<svg viewBox=\"0 0 {0:.0f} {1:.0f}\" style=\"max-width:{0:.0f}px\" role=img>\n{2}</svg>\n", width,
                     height, content);
}

std::string line(double x1, double y1, double x2, double y2, std::string_view kind) {
  return fmt::format("<line x1={:.1f} y1={:.1f} x2={:.1f} y2={:.1f} class={} />\n", x1, y1, x2, y2, kind);
}

std::string label(double x, double y, std::string_view anchor, std::string_view text) {
  return fmt::format("<text x={:.1f} y={:.1f} text-anchor={}>{}</text>\n", x, y, anchor, escaped(text));
}

std::string rectangle(double x, double y, double width, double height, std::string_view color,
                      const std::string& title) {
  return fmt::format(
      "<rect x={:.2f} y={:.1f} width={:.2f} height={:.1f} style=\"fill:var(--{})\"><title>{}</title></rect>\n", x, y,
      width, height, color, escaped(title));
}

std::string color_of(std::size_t series) { return fmt::format("s{}", series % series_colors); }

/// A round step of which about `count` reach over `span`.
double round_step(double span, double count) {
  const double power = std::pow(10, std::floor(std::log10(span / count)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power * count >= span) return factor * power;
  }
  return 10 * power;
}

/// As many decimals as the step has.
std::string tick_text(double value, double step) {
  const int decimals = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
  return fmt::format("{:.{}f}", std::abs(value) < step / 2 ? 0.0 : value, decimals);
}

/// Calls `draw` for each multiple of the step within the bounds.
template <typename Draw>
void for_each_tick(double low, double high, double step, Draw draw) {
  for (double i = std::ceil(low / step - 1e-9); i * step <= high + step * 1e-9; ++i) draw(i * step);
}

std::string y_axis(const Area& area, double step) {
  std::string svg;
  for_each_tick(area.y_low, area.y_high, step, [&](double tick) {
    svg += line(area.left, area.y(tick), area.right(), area.y(tick), "grid");
    svg += label(area.left - 6, area.y(tick) + 4, "end", tick_text(tick, step));
  });
  return svg;
}

std::string x_labels(const Area& area, double step) {
  std::string svg;
  for_each_tick(area.x_low, area.x_high, step,
                [&](double tick) { svg += label(area.x(tick), area.bottom() + 16, "middle", tick_text(tick, step)); });
  return svg;
}

/// Below the area and above its left corner.
std::string axis_names(const Area& area, const std::string& x_name, const std::string& y_name) {
  return label(area.left + area.width / 2, area.bottom() + 34, "middle", x_name) +
         label(area.left - 6, area.top - 10, "start", y_name);
}

std::array<std::size_t, tenths> counts_by_tenth(const std::vector<double>& values) {
  std::array<std::size_t, tenths> counts = {};
  for (const double value : values) ++counts[std::min(tenths - 1, static_cast<std::size_t>(value * tenths + 1e-9))];
  return counts;
}

double largest(const std::vector<NamedValue>& bars) {
  double most = 0;
  for (const NamedValue& bar : bars) most = std::max(most, std::abs(bar.value));
  return most;
}

}  // namespace

std::string curve_plot(const std::vector<Series>& curves, const std::string& x_name, const std::string& y_name) {
  const Area area{.left = 44, .top = 28, .width = 480, .height = 300};
  std::string svg = y_axis(area, 0.2) + x_labels(area, 0.2) + axis_names(area, x_name, y_name);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    std::string points, marks;
    for (std::size_t step = 0; step < curves[i].values.size(); ++step) {
      const double x = area.x(static_cast<double>(step) / tenths);
      const double y = area.y(curves[i].values[step]);
      points += fmt::format("{:.1f},{:.1f} ", x, y);
      marks +=
          fmt::format("<circle cx={:.1f} cy={:.1f} r=3 style=\"fill:var(--{})\"><title>{}: {:.4f}</title></circle>\n",
                      x, y, color_of(i), escaped(curves[i].name), curves[i].values[step]);
    }
    svg +=
        fmt::format("<polyline points=\"{}\" style=\"stroke:var(--{})\" class=curve />\n", points, color_of(i)) + marks;
  }
  return picture(area.right() + 16, area.bottom() + 44, svg);
}

std::string distribution_plot(const std::vector<Series>& series, const std::string& x_name, const std::string& y_name) {
  Area area{.left = 52, .top = 28, .width = 440, .height = 190};
  area.y_high = 1;
  for (const Series& one : series) {
    for (const std::size_t count : counts_by_tenth(one.values))
      area.y_high = std::max(area.y_high, static_cast<double>(count));
  }
  const double step = std::max(1.0, round_step(area.y_high, 4));
  std::string svg = y_axis(area, step) + x_labels(area, 0.2) + axis_names(area, x_name, y_name);
  const double bar = area.width / tenths * 0.84 / static_cast<double>(series.size());
  for (std::size_t i = 0; i < series.size(); ++i) {
    const auto counts = counts_by_tenth(series[i].values);
    for (std::size_t tenth = 0; tenth < tenths; ++tenth) {
      const double left =
          area.x(static_cast<double>(tenth) / tenths) + area.width / tenths * 0.08 + static_cast<double>(i) * bar;
      const double top = area.y(static_cast<double>(counts[tenth]));
      svg += rectangle(left, top, bar, area.bottom() - top, color_of(i),
                       fmt::format("{}: {}", series[i].name, counts[tenth]));
    }
  }
  return picture(area.right() + 12, area.bottom() + 44, svg);
}

std::string bar_plot(const std::vector<NamedValue>& bars) {
  Area area{.left = 48, .top = 8, .width = 440, .height = 190};
  const double most = std::max(largest(bars), 0.01);
  area.x_high = static_cast<double>(std::max<std::size_t>(bars.size(), 1));
  area.y_low = -most;
  area.y_high = most;
  std::string svg = y_axis(area, round_step(2 * most, 6));
  // Neighbours that look the same are one bar, so that thousands of topics make a small page.
  for (std::size_t begin = 0, end = 0; begin < bars.size(); begin = end) {
    const double height = std::round(std::abs(area.y(bars[begin].value) - area.y(0)) * 2) / 2;
    while (end < bars.size() && std::abs(std::abs(area.y(bars[end].value) - area.y(0)) - height) <= 0.25 &&
           std::signbit(bars[end].value) == std::signbit(bars[begin].value)) {
      ++end;
    }
    end = std::max(end, begin + 1);
    if (height == 0) continue;
    const bool up = bars[begin].value > 0;
    const double left = area.x(static_cast<double>(begin));
    const std::string title =
        end - begin == 1 ? fmt::format("{}: {:+.4f}", bars[begin].name, bars[begin].value)
                         : fmt::format("{} – {}: {:+.2f}", bars[begin].name, bars[end - 1].name, bars[begin].value);
    svg += rectangle(left, up ? area.y(0) - height : area.y(0), area.x(static_cast<double>(end)) - left, height,
                     up ? "up" : "down", title);
  }
  svg += line(area.left, area.y(0), area.right(), area.y(0), "zero");
  return picture(area.right() + 12, area.bottom() + 10, svg);
}

std::string interval_plot(const std::vector<NamedInterval>& intervals) {
  constexpr double row_height = 26;
  Area area{.left = 210, .top = 6, .width = 400, .height = row_height * static_cast<double>(intervals.size())};
  area.x_low = 0;
  area.x_high = 0.001;
  for (const NamedInterval& interval : intervals) {
    area.x_low = std::min(area.x_low, interval.low);
    area.x_high = std::max(area.x_high, interval.high);
  }
  const double margin = (area.x_high - area.x_low) * 0.06;
  area.x_low -= margin;
  area.x_high += margin;
  const double step = round_step(area.x_high - area.x_low, 5);
  std::string svg = x_labels(area, step);
  for_each_tick(area.x_low, area.x_high, step,
                [&](double tick) { svg += line(area.x(tick), area.top, area.x(tick), area.bottom(), "grid"); });
  svg += line(area.x(0), area.top, area.x(0), area.bottom(), "zero");
  double y = area.top + row_height / 2;
  for (const NamedInterval& interval : intervals) {
    svg += label(area.left - 12, y + 4, "end", interval.name);
    svg += fmt::format(
        "<g style=\"stroke:var(--{0});fill:var(--{0})\"><title>{1:+.4f} ({2:+.4f} – {3:+.4f})</title>"
        "<line x1={4:.1f} y1={6:.1f} x2={5:.1f} y2={6:.1f} stroke-width=3 /><circle cx={7:.1f} cy={6:.1f} r=5 /></g>\n",
        color_of(interval.color), interval.mean, interval.low, interval.high, area.x(interval.low),
        area.x(interval.high), y, area.x(interval.mean));
    y += row_height;
  }
  return picture(area.right() + 12, area.bottom() + 24, svg);
}

}  // namespace limier::tools

// Any bytes as a line with a date; its first line says when it was read.
#include <algorithm>

#include "fuzz.h"
#include "text/calendar.h"
#include "text/dates.h"
#include "text/relative_dates.h"

namespace limier {
namespace {

void check_place(const FoundDate& found, std::string_view text) {
  require(found.begin < found.end && found.end <= text.size(), "a date stands in its text");
}

void check_date(const std::string& iso) {
  require(day_range(iso).has_value(), "a date is one of the calendar");
  require(parse_date(iso) == iso, "a date is read as it is written");
}

void check_relative_date(std::string_view text, const std::string& captured) {
  const auto found = find_relative_date(text, captured);
  const auto unknown = find_relative_date(text, {});
  require(found.has_value() == unknown.has_value(), "a date stands there whoever reads it");
  if (!found) return;
  check_place(*found, text);
  require(unknown->iso.empty() && unknown->begin == found->begin && unknown->end == found->end,
          "what it says depends on the capture, where it stands does not");
  if (found->iso.empty()) return;
  check_date(found->iso);
  require(day_range(found->iso)->first <= day_range(captured)->last, "nothing is published after it is saved");
}

}  // namespace
}  // namespace limier

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace limier;
  const std::string_view input = text_of(data, size);
  const std::size_t line_end = std::min(input.find('\n'), input.size());
  const std::string captured = parse_date(input.substr(0, line_end));
  const std::string_view text = input.substr(std::min(line_end + 1, size));
  if (!captured.empty()) check_date(captured);
  if (const auto found = find_date(text)) {
    check_place(*found, text);
    check_date(found->iso);
    const auto again = find_date(found->iso);
    require(again && again->iso == found->iso, "a date is found as it is written");
  }
  check_relative_date(text, captured);
  return 0;
}

#include "messages.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "output.h"
#include "terminal.h"
#include "translate.h"

namespace limier::tools {
namespace {

constexpr auto progress_interval = std::chrono::milliseconds(100);
constexpr std::string_view erase_line = "\r\x1b[K";

bool progress_is_shown = false;

void write_error(std::string_view text) {
  // What was printed before it shall stand before it.
  flush_output();
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace

void complain(std::string_view message, std::size_t input_line) {
  clear_progress();
  const std::string place = input_line == 0 ? "" : fmt::format("-:{}: ", input_line);
  write_error(fmt::format("limier: {}{}\n", place, printable_line(message)));
}

void complain(const ReadProblem& problem) {
  const std::string line = problem.line == 0 ? "" : fmt::format(":{}", problem.line);
  complain(fmt::format("{}{}: {}", problem.path, line, translated(problem.message)));
}

void complain(const Error& error, std::string_view query, std::size_t input_line) {
  const std::string message = translated(error.message());
  if (!error.offset()) return complain(message, input_line);
  complain(tr("query, byte {}: {}", *error.offset(), message), input_line);
  const std::string before = printable_line(query.substr(0, *error.offset()));
  write_error(fmt::format("  {}\n  {:>{}}\n", printable_line(query), "^", display_width(before) + 1));
}

void show_progress(std::string_view line) {
  static std::chrono::steady_clock::time_point last_shown;
  const auto now = std::chrono::steady_clock::now();
  const auto terminal = terminal_size(STDERR_FILENO);
  if (now - last_shown < progress_interval || !terminal) return;
  last_shown = now;
  progress_is_shown = true;
  // What the terminal would continue on another row could not be erased.
  write_error(fmt::format("{}{}", erase_line, first_columns(printable_line(line), terminal->columns - 1)));
}

void clear_progress() {
  if (!progress_is_shown) return;
  progress_is_shown = false;
  write_error(erase_line);
}

}  // namespace limier::tools

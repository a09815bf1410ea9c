#include "output.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <utility>

#include "limier/error.h"
#include "pager.h"
#include "terminal.h"
#include "translate.h"

namespace limier::tools {
namespace {

[[noreturn]] void fail(int error) {
  if (error == EPIPE) throw ClosedPipe{};
  throw Error(ErrorCode::Io, {tr("cannot write to standard output: {}", system_message(error)), {}});
}

Process pager;
std::optional<std::string> held;  // What so far fits the screen.

void write(std::string_view text) {
  errno = 0;
  std::FILE* const out = pager ? pager.get() : stdout;
  if (std::fwrite(text.data(), 1, text.size(), out) != text.size()) fail(errno);
}

bool fits_screen(std::string_view text) {
  const TerminalSize screen = terminal_size().value_or(TerminalSize{});
  std::size_t rows = 1;  // The prompt's.
  while (!text.empty() && rows <= screen.rows) {
    const std::string_view line = text.substr(0, text.find('\n'));
    rows += 1 + (line.empty() ? 0 : (display_width(without_colors(line)) - 1) / screen.columns);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return rows <= screen.rows;
}

/// Inside UTF-8 JSON the control characters that JSON lets through: DEL, and C1, which some terminals obey.
std::string escape_controls(std::string_view json) {
  std::string escaped;
  escaped.reserve(json.size() + 1);
  std::size_t done = 0;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] != '\x7F' && json[i] != '\xC2') continue;
    const auto next = i + 1 < json.size() ? static_cast<unsigned char>(json[i + 1]) : 0U;
    const bool c1 = json[i] == '\xC2' && next >= 0x80 && next <= 0x9F;
    if (json[i] != '\x7F' && !c1) continue;
    escaped.append(json.substr(done, i - done)).append(fmt::format("\\u{:04x}", c1 ? next : 0x7FU));
    done = i + (c1 ? 2 : 1);
  }
  return escaped.append(json.substr(done));
}

}  // namespace

void print(std::string_view text) {
  if (!held) return write(text);
  held->append(text);
  if (fits_screen(*held)) return;
  pager = start_pager(pager_command());
  write(*std::exchange(held, std::nullopt));
}

void print_data(std::string_view data) { print(terminal_size() ? printable_text(data) : std::string(data)); }

void page_output() {
  if (terminal_size() && !pager_command().empty()) held.emplace();
}

void flush_output() {
  // A failure is noticed when the output is finished.
  if (held) std::fwrite(held->data(), 1, held->size(), stdout);
  if (held) held->clear();
  std::fflush(pager ? pager.get() : stdout);
}

void print_json(const nlohmann::ordered_json& value) {
  print_json_line(value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void print_json_line(std::string_view json) { print(escape_controls(json) + '\n'); }

void finish_output() {
  if (held) write(*std::exchange(held, std::nullopt));
  pager.reset();
  errno = 0;
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) fail(errno != 0 ? errno : EIO);
}

}  // namespace limier::tools

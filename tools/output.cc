#include "output.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>

#include "limier/error.h"
#include "translate.h"

namespace limier::tools {
namespace {

[[noreturn]] void fail(int error) {
  if (error == EPIPE) throw ClosedPipe{};
  throw Error(ErrorCode::Io, {tr("cannot write to standard output: {}", system_message(error)), {}});
}

/// Inside UTF-8 JSON the control characters that JSON lets through: DEL, and C1, which some terminals obey.
std::string escape_controls(std::string_view json) {
  std::string escaped;
  escaped.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const auto byte = static_cast<unsigned char>(json[i]);
    const auto next = i + 1 < json.size() ? static_cast<unsigned char>(json[i + 1]) : 0U;
    if (byte == 0x7F) {
      escaped += "\\u007f";
    } else if (byte == 0xC2 && next >= 0x80 && next <= 0x9F) {
      escaped += fmt::format("\\u{:04x}", next);
      ++i;
    } else {
      escaped += json[i];
    }
  }
  return escaped;
}

}  // namespace

void print(std::string_view text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) fail(errno);
}

void print_json(const nlohmann::ordered_json& value) {
  print_json_line(value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void print_json_line(std::string_view json) { print(escape_controls(json) + '\n'); }

void finish_output() {
  errno = 0;
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) fail(errno != 0 ? errno : EIO);
}

}  // namespace limier::tools

#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <istream>
#include <string>
#include <string_view>
#include <system_error>

#include "limier/error.h"
#include "text/message.h"

namespace limier {

/// The lines of a file that are not blank, with the place where an error is.
class LineReader {
 public:
  static constexpr std::string_view spaces = " \t\n\v\f\r";

  LineReader(std::istream& in, const std::string& name) : in_(in), name_(name) {}

  bool next() {
    constexpr std::string_view byte_order_mark = "\uFEFF";
    while (std::getline(in_, line_)) {
      ++number_;
      if (number_ == 1 && line_.starts_with(byte_order_mark)) line_.erase(0, byte_order_mark.size());
      if (line_.ends_with('\r')) line_.pop_back();
      if (line_.find_first_not_of(spaces) != std::string::npos) return true;
    }
    if (in_.bad()) throw Error(ErrorCode::Io, message("{}: cannot be read", name_));
    return false;
  }

  const std::string& line() const { return line_; }
  std::size_t number() const { return number_; }

  /// The columns of the line; `expected` names them.
  template <std::size_t count>
  std::array<std::string_view, count> columns(std::string_view expected) const {
    std::array<std::string_view, count> columns;
    std::string_view rest = line_;
    std::size_t found = 0;
    for (; rest.find_first_not_of(spaces) != std::string_view::npos; ++found) {
      rest.remove_prefix(rest.find_first_not_of(spaces));
      const std::size_t end = std::min(rest.find_first_of(spaces), rest.size());
      if (found < count) columns[found] = rest.substr(0, end);
      rest.remove_prefix(end);
    }
    if (found != count) fail(message("expected {} columns, {}, found {}", count, expected, found));
    return columns;
  }

  template <typename Number>
  Number parse(std::string_view text) const {
    const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
    Number number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size()) fail(message("{} is not a number", text));
    return number;
  }

  [[noreturn]] void fail(const Message& what) const {
    throw Error(ErrorCode::InvalidArgument, message("{}:{}: {}", name_, number_, what));
  }

 private:
  std::istream& in_;
  const std::string& name_;
  std::string line_;
  std::size_t number_ = 0;
};

}  // namespace limier

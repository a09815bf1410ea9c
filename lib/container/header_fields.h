#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace limier::container {

/// Named fields as HTTP (RFC 9110, section 5) and WARC (ISO 28500, section 5) have them.
/// Thread rule: a plain value.
class HeaderFields {
 public:
  HeaderFields() = default;

  /// Lines `Name: value`, ended by CRLF or LF; one that begins with a space continues the one before. What is no such
  /// line is passed over. Of fields of the same name the first counts.
  explicit HeaderFields(std::string_view lines);

  /// The value of a field, whose name is given in lower case; empty where there is none.
  std::string_view operator[](std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace limier::container

#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "limier/message.h"

// How the library makes messages. po/fr.po has the French for every string that stands in one of these calls.
namespace limier {

/// A message from a pattern that is not known before run time, such as a word of a table.
Message make_message(std::string_view pattern, std::vector<Message> arguments = {});

/// What the system says of an `errno`.
Message system_message(int error);

/// That a file is of another version than is known, and what may be done about that. `what` it is begins a sentence.
Message other_version(const std::string& path, const Message& what, int found, int known);

/// A number as fmt writes it, such as `2.75`, with the sign between its parts that the language has.
Message decimal(const std::string& digits);

inline Message to_argument(const Message& message) { return message; }

template <typename Value>
Message to_argument(const Value& value) {
  return {fmt::format("{}", value), {}};
}

/// message("{}: there is no index", path). The pattern's places hold no formats: arguments come as text.
template <typename... Arguments>
Message message(fmt::format_string<std::conditional_t<true, std::string, Arguments>...> pattern,
                const Arguments&... arguments) {
  const fmt::string_view text = pattern;
  return make_message({text.data(), text.size()}, {to_argument(arguments)...});
}

/// Marks a word that the library hands out in English, and that whoever shows it looks up.
constexpr std::string_view translatable(std::string_view english) { return english; }

}  // namespace limier

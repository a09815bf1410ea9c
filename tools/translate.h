#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "limier/message.h"

// What the command says, in the reader's language. English is the language of the source; po/fr.po holds the French,
// and a test fails when a string that stands in one of these calls has none there.
namespace limier::tools {

/// Chooses the language as POSIX and gettext do, from LANGUAGE, LC_ALL, LC_MESSAGES and LANG: French or English, and
/// English for all others. To be called first, and once.
void choose_language();

/// `fr` or `en`.
std::string language();

/// The string of the catalogue, or `english` itself. For words that are marked where they stand in a table.
std::string translated(std::string_view english);

/// A message of the library.
std::string translated(const Message& message);

/// Of one thing or several: French has the singular for none too.
std::string translated(const char* one, const char* many, std::uint64_t count);

/// Marks a string for the catalogue, where it is looked up later.
constexpr const char* translatable(const char* english) { return english; }

/// `16,995`, or with a narrow no-break space in French.
std::string number(std::uint64_t value);

/// A number as fmt writes it, `2.75`, with a comma in French.
std::string decimal(const std::string& digits);

/// A date YYYY[-MM[-DD…]] for people, `23 November 2022`; what is none stays as it is.
std::string date(const std::string& iso);

/// The same, with the hour behind where there is one.
std::string date_and_time(const std::string& iso);

/// What the system says of an `errno`.
std::string system_message(int error);

/// tr("no document {} in {}", id, index)
template <typename... Arguments>
std::string tr(fmt::format_string<Arguments...> english, Arguments&&... arguments) {
  const fmt::string_view text = english;
  return fmt::vformat(translated(std::string_view(text.data(), text.size())), fmt::make_format_args(arguments...));
}

/// tr_n("{} document", "{} documents", n); the number is the first argument.
template <typename... Arguments>
std::string tr_n(fmt::format_string<std::string, Arguments...> one, fmt::format_string<std::string, Arguments...> many,
                 std::uint64_t count, Arguments&&... arguments) {
  const std::string text = translated(fmt::string_view(one).data(), fmt::string_view(many).data(), count);
  return fmt::vformat(text, fmt::make_format_args(number(count), arguments...));
}

}  // namespace limier::tools

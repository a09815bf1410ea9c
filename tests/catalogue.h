#pragma once

#include <fmt/args.h>
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "limier/message.h"

// The French of messages, read from its source without the library that the command reads it with.
namespace limier::test {

// An entry of a catalogue: what stands in the source, one form or two, and what it is translated by.
struct Entry {
  std::vector<std::string> source;
  std::vector<std::string> translations;
};

using Catalogue = std::map<std::string, Entry>;

// The text of `"…"` in a catalogue.
inline std::string unquoted(const std::string& line) {
  const std::size_t begin = line.find('"') + 1;
  return std::regex_replace(line.substr(begin, line.rfind('"') - begin), std::regex(R"(\\(["\\]))"), "$1");
}

inline Catalogue read_catalogue(const std::string& text) {
  Catalogue entries;
  Entry entry;
  std::string* last = nullptr;
  const auto finish = [&] {
    if (!entry.source.empty() && !entry.source.front().empty()) entries[entry.source.front()] = entry;
    entry = {};
  };
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("msgid \"")) finish();
    if (line.starts_with("msg")) {
      auto& strings = line.starts_with("msgid") ? entry.source : entry.translations;
      last = &strings.emplace_back(unquoted(line));
    } else if (line.starts_with('"')) {
      *last += unquoted(line);
    }
  }
  finish();
  return entries;
}

inline const Catalogue& french() {
  static const Catalogue catalogue = [] {
    std::ifstream in(LIMIER_SOURCE_DIR "/po/fr.po", std::ios::binary);
    return read_catalogue({std::istreambuf_iterator<char>(in), {}});
  }();
  return catalogue;
}

// As Message says that it is done.
inline std::string in_french(const Message& message) {
  if (message.pattern.empty()) return message.text;
  const auto found = french().find(message.pattern);
  fmt::dynamic_format_arg_store<fmt::format_context> arguments;
  for (const Message& argument : message.arguments) arguments.push_back(in_french(argument));
  return fmt::vformat(found == french().end() ? message.pattern : found->second.translations.front(), arguments);
}

}  // namespace limier::test

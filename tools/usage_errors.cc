#include "usage_errors.h"

#include <optional>
#include <string>
#include <vector>

#include "translate.h"

namespace limier::tools {
namespace {

constexpr std::string_view place = "{}";

/// CLI11 hands out finished sentences only. Those that a person can bring about here; the first that fits is taken.
const char* const sentences[] = {
    translatable("The following argument was not expected: {}"),
    translatable("The following arguments were not expected: {}"),
    translatable("{}: Value {} not in range {} to {}"),
    translatable("{}: {} not in {}"),
    translatable("{}: {} required {} missing"),
    translatable("{}: Too many positional arguments with unlimited expected args"),
    translatable("{}: Should be true/false or a number"),
    translatable("Could not convert: {} = {}"),
    translatable("{} is required"),
    translatable("{} excludes {}"),
    translatable("{} requires {}"),
};

/// What stands at the places of the pattern; none where `text` is no such sentence.
std::optional<std::vector<Message>> arguments_in(std::string_view text, std::string_view pattern) {
  std::vector<Message> arguments;
  for (std::size_t at = pattern.find(place); at != std::string_view::npos; at = pattern.find(place)) {
    if (!text.starts_with(pattern.substr(0, at))) return std::nullopt;
    text.remove_prefix(at);
    pattern.remove_prefix(at + place.size());
    const std::string_view next = pattern.substr(0, pattern.find(place));
    const std::size_t end = next.empty() ? text.size() : text.find(next);
    if (end == std::string_view::npos) return std::nullopt;
    arguments.push_back({std::string(text.substr(0, end)), {}});
    text.remove_prefix(end);
  }
  if (text != pattern) return std::nullopt;
  return arguments;
}

}  // namespace

Message usage_error(std::string_view what) {
  for (const char* const sentence : sentences) {
    if (auto arguments = arguments_in(what, sentence)) return {std::string(what), sentence, *std::move(arguments)};
  }
  return {std::string(what), {}};
}

}  // namespace limier::tools

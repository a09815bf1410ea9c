#include "container/header_fields.h"

#include <algorithm>

#include "text/ascii.h"

namespace limier::container {

HeaderFields::HeaderFields(std::string_view lines) {
  std::string* last = nullptr;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    const std::size_t colon = line.find(':');
    const bool continues = line.starts_with(' ') || line.starts_with('\t');
    if (continues && last != nullptr) {
      last->append(" ").append(trimmed(line));
    } else if (!continues && colon != std::string_view::npos) {
      const auto [field, is_new] =
          values_.emplace(ascii_lower(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
      last = is_new ? &field->second : nullptr;
    }
  }
}

std::string_view HeaderFields::operator[](std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace limier::container

#include "extract/json_repair.h"

#include "extract/words.h"
#include "text/ascii.h"
#include "text/entities.h"

namespace limier::extract {
namespace {

bool drop_front(std::string_view& text) {
  for (const std::string_view mark : {"<!--", "<![CDATA[", "//", "/*", "*/"}) {
    if (!text.starts_with(mark)) continue;
    text.remove_prefix(mark.size());
    return true;
  }
  return false;
}

bool drop_back(std::string_view& text) {
  for (const std::string_view mark : {"-->", "]]>", "//", "/*", "*/", ";"}) {
    if (!text.ends_with(mark)) continue;
    text.remove_suffix(mark.size());
    return true;
  }
  return false;
}

// What stands within `//<![CDATA[ … //]]>`, `<!-- … -->`, `/* <![CDATA[ */ … /* ]]> */`.
std::string_view unwrapped(std::string_view text) {
  do {
    text = trimmed(text);
  } while (drop_front(text) || drop_back(text));
  return text;
}

bool closes(std::string_view rest) {
  rest = trimmed(rest);
  return rest.starts_with('}') || rest.starts_with(']');
}

bool is_escape(char c) { return std::string_view("\"\\/bfnrtu").find(c) != std::string_view::npos; }

}  // namespace

std::string repaired_json(std::string_view text) {
  const bool escaped = !contains(text, "\"");
  const std::string decoded = escaped ? decode_entities(text) : std::string();
  const std::string_view json = unwrapped(escaped ? decoded : text);
  std::string repaired;
  repaired.reserve(json.size());
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '"') in_string = !in_string;
    if (in_string && c == '\\' && i + 1 < json.size()) {
      if (is_escape(json[i + 1])) repaired.append(json.substr(i++, 2));
    } else if (in_string && static_cast<unsigned char>(c) < ' ') {
      repaired += ' ';
    } else if (in_string || c != ',' || !closes(json.substr(i + 1))) {
      repaired += c;
    }
  }
  return repaired;
}

}  // namespace limier::extract

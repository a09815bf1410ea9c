#include "text/message.h"

#include <fmt/args.h>

#include <system_error>
#include <utility>

namespace limier {

Message make_message(std::string_view pattern, std::vector<Message> arguments) {
  fmt::dynamic_format_arg_store<fmt::format_context> texts;
  for (const Message& argument : arguments) texts.push_back(argument.text);
  return {fmt::vformat(pattern, texts), std::string(pattern), std::move(arguments)};
}

Message other_version(const std::string& path, const Message& what, int found, int known) {
  return message("{}: {} {}, this library reads {}; {}", path, what, found, known,
                 found > known ? message("use a newer Limier, or index the documents again with this one")
                               : message("index the documents again"));
}

Message decimal(const std::string& digits) {
  const std::size_t sign = digits.find('.');
  if (sign == std::string::npos) return {digits, {}};
  return message("{}.{}", digits.substr(0, sign), digits.substr(sign + 1));
}

Message system_message(int error) { return make_message(std::generic_category().message(error)); }

}  // namespace limier

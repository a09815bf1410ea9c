#include "translate.h"

#include <fmt/args.h>

#include <algorithm>
#include <boost/locale/date_time.hpp>
#include <boost/locale/formatting.hpp>
#include <boost/locale/generator.hpp>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <cstdio>
#include <cstdlib>
#include <locale>
#include <memory>
#include <optional>
#include <sstream>
#include <system_error>
#include <vector>

namespace limier::tools {

/// Compiled from po/fr.po by the build.
extern const std::string_view french_catalogue;

namespace {

namespace locale = boost::locale;

/// `fr_CA.UTF-8`, without its encoding: everything is UTF-8 here.
std::string chosen = "en";

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// The languages that the environment asks for, the dearest first: `fr_CA:fr:en`.
std::string wanted_languages() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string value = variable(name);
    if (value.empty()) continue;
    // Who wants the C locale wants what programs read, whatever LANGUAGE says.
    if (value == "POSIX" || value == "C" || value.starts_with("C.")) return "";
    return variable("LANGUAGE") + ':' + value;
  }
  return "";
}

bool is_language(std::string_view name, std::string_view code) {
  return name.starts_with(code) && (name.size() == code.size() || name[code.size()] == '_');
}

/// Made when the first number or date is written, for it takes ICU some milliseconds. ICU knows French whether or not
/// the system has the locale.
const std::locale& formats() {
  static const std::locale made = locale::generator()(chosen + ".UTF-8");
  return made;
}

using Catalogue = locale::message_format<char>;

/// The catalogue is in the program: there is no path where it could be missing.
std::locale load_french() {
  locale::gnu_gettext::messages_info info;
  info.language = "fr";
  info.encoding = "UTF-8";
  info.domains.emplace_back("limier");
  info.paths.emplace_back("");
  info.callback = [](const std::string&, const std::string&) {
    return std::vector<char>(french_catalogue.begin(), french_catalogue.end());
  };
  return {std::locale::classic(), locale::gnu_gettext::create_messages_facet<char>(info)};
}

using Catalogue = locale::message_format<char>;

/// Null where English is spoken.
const Catalogue* catalogue() {
  if (language() != "fr") return nullptr;
  static const std::locale french = load_french();
  return &std::use_facet<Catalogue>(french);
}

std::string looked_up(const std::string& english) {
  const char* found = catalogue() == nullptr ? nullptr : catalogue()->get(0, nullptr, english.c_str());
  return found == nullptr ? english : found;
}

std::string formatted_date(int year, int month, int day, const std::string& form) {
  const locale::date_time time(locale::period::year(year) + locale::period::month(month - 1) + locale::period::day(day),
                               locale::calendar(formats(), "GMT"));
  std::ostringstream out;
  out.imbue(formats());
  out << locale::as::gmt << locale::as::ftime(form) << time;
  return out.str();
}

}  // namespace

void choose_language() {
  std::istringstream wanted(wanted_languages());
  for (std::string name; std::getline(wanted, name, ':');) {
    name.erase(std::min(name.find_first_of(".@"), name.size()));
    if (!is_language(name, "fr") && !is_language(name, "en")) continue;
    chosen = name;
    return;
  }
}

std::string language() { return chosen.substr(0, 2); }

std::string translated(std::string_view english) { return english.empty() ? "" : looked_up(std::string(english)); }

std::string translated(const Message& message) {
  if (message.pattern.empty()) return message.text;
  fmt::dynamic_format_arg_store<fmt::format_context> arguments;
  for (const Message& argument : message.arguments) arguments.push_back(translated(argument));
  return fmt::vformat(translated(message.pattern), arguments);
}

std::string translated(const char* one, const char* many, std::uint64_t count) {
  const int few = static_cast<int>(std::min<std::uint64_t>(count, 1000));  // No language here tells more apart.
  const char* found = catalogue() == nullptr ? nullptr : catalogue()->get(0, nullptr, one, few);
  return found != nullptr ? found : count == 1 ? one : many;
}

std::string number(std::uint64_t value) {
  if (value < 1000) return std::to_string(value);
  std::ostringstream out;
  out.imbue(formats());
  out << locale::as::number << value;
  return out.str();
}

std::string decimal(const std::string& digits) {
  const std::size_t sign = digits.find('.');
  return sign == std::string::npos ? digits : tr("{}.{}", digits.substr(0, sign), digits.substr(sign + 1));
}

std::string date(const std::string& iso) {
  int year = 0, month = 1, day = 1;
  switch (std::sscanf(iso.c_str(), "%4d-%2d-%2d", &year, &month, &day)) {
    case 2:
      return formatted_date(year, month, day, "%B %Y");
    case 3:
      // TRANSLATORS: the first day of a month; French writes 1er.
      return formatted_date(year, month, day, day == 1 ? tr("1 %B %Y") : tr("%e %B %Y"));
    default:
      return iso;
  }
}

std::string date_and_time(const std::string& iso) {
  const std::size_t hour = iso.find('T');
  return hour == std::string::npos ? date(iso) : date(iso) + ", " + iso.substr(hour + 1);
}

std::string system_message(int error) { return translated(std::generic_category().message(error)); }

}  // namespace limier::tools

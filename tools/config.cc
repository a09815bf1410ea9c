#include "config.h"

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>

#include "input.h"
#include "limier/error.h"
#include "translate.h"
#include "usage_errors.h"

namespace limier::tools {
namespace {

const char* variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr || *value == '\0' ? nullptr : value;
}

/// Empty where there is no such file, or none is wanted.
std::string config_path() {
  if (const char* named = std::getenv("LIMIER_CONFIG")) return named;
  std::filesystem::path folder;
  if (const char* configs = variable("XDG_CONFIG_HOME")) {
    folder = configs;
  } else if (const char* home = variable("HOME")) {
    folder = std::filesystem::path(home) / ".config";
  } else {
    return "";
  }
  std::error_code error;
  const std::filesystem::path path = folder / "limier/config";
  return std::filesystem::exists(path, error) ? path.string() : "";
}

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::InvalidArgument, {message, {}}); }

std::string trimmed(const std::string& line) {
  const std::size_t begin = line.find_first_not_of(" \t\r");
  return begin == std::string::npos ? "" : line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
}

CLI::App& section(CLI::App& app, const std::string& line) {
  if (!line.ends_with(']')) refuse(tr("a section is written [COMMAND]"));
  const std::string name = trimmed(line.substr(1, line.size() - 2));
  const auto found = app.get_subcommands([&](CLI::App* subcommand) { return subcommand->get_name() == name; });
  if (found.empty()) refuse(tr("there is no command {}", name));
  return *found.front();
}

void set_default(CLI::App& app, const CLI::ConfigItem& item) {
  CLI::Option* option = app.get_option_no_throw("--" + item.name);
  if (option == nullptr || !option->get_configurable()) refuse(tr("there is no option --{} here", item.name));
  if (item.inputs.size() != 1) refuse(tr("an option is written NAME = VALUE"));
  try {
    option->run_callback_for_default()->default_val(item.inputs.front());
  } catch (const CLI::ParseError& error) {
    refuse(translated(usage_error(error.what())));
  }
  option->required(false);
}

}  // namespace

void read_config(CLI::App& app) {
  const std::string path = config_path();
  if (path.empty()) return;
  std::ifstream file = open_input(path);
  CLI::App* current = &app;
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    line = trimmed(line);
    try {
      if (line.starts_with('[')) {
        current = &section(app, line);
        continue;
      }
      // By lines, so that an error has its place, which CLI11 does not tell.
      std::istringstream in(line);
      for (const CLI::ConfigItem& item : CLI::ConfigTOML().from_config(in)) set_default(*current, item);
    } catch (const Error& error) {
      refuse(tr("{}:{}: {}", path, number, translated(error.message())));
    }
  }
  if (file.bad()) refuse(tr("{}: cannot be read", path));
}

}  // namespace limier::tools

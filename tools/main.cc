#include <fmt/format.h>

#include <clocale>
#include <csignal>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "help.h"
#include "limier/error.h"
#include "messages.h"
#include "output.h"
#include "subcommands.h"

namespace limier::tools {
namespace {

constexpr const char* version_line =
    "limier " LIMIER_VERSION "\nLicence GPL-3.0-or-later: free software, without warranty.";

std::vector<Subcommand> add_subcommands(CLI::App& app) {
  return {add_index(app),   add_search(app),  add_show(app), add_info(app), add_delete(app),
          add_extract(app), add_analyze(app), add_run(app),  add_eval(app)};
}

void describe(CLI::App& app) {
  app.name("limier");
  app.description("Full-text search for French.");
  app.set_help_flag("-h,--help", "Print this help");
  app.set_version_flag("--version", version_line, "Print the version");
  app.footer(
      "Exit status: 0 done, 1 nothing found, 2 error.\n\n"
      "Examples:\n  limier index press.idx ~/pages\n  limier search press.idx 'accord de coopération'");
  app.require_subcommand(1);
  app.formatter(std::make_shared<HelpFormatter>());
}

/// The arguments in the order in which CLI11 wants them: the last one first. A query may exclude words (`Mali
/// -Russie`), which must not pass for options: a space before them, which means nothing in a query, keeps them apart.
std::vector<std::string> arguments(int argc, char** argv) {
  std::vector<std::string> reversed;
  for (int i = argc - 1; i > 0; --i) {
    const std::string argument = argv[i];
    const bool is_option = argument == "-h" || argument == "-i" || argument.starts_with("--");
    const bool is_excluded_word = argument.size() > 1 && argument[0] == '-' && !is_option;
    const bool is_search = i > 1 && std::string(argv[1]) == "search";
    // A value of --collapse stands behind its `=`: the word after it is another argument.
    const std::string whole = is_search && argument == "--collapse" ? "--collapse=similar" : argument;
    reversed.push_back(is_search && is_excluded_word ? ' ' + whole : whole);
  }
  return reversed;
}

void complain_of_usage(const CLI::App& app, const CLI::ParseError& error) {
  const auto parsed = app.get_subcommands();
  const bool lacks_command = parsed.empty() && error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError);
  complain(lacks_command ? "name one of the commands" : error.what());
  complain(fmt::format("see limier {}--help", parsed.empty() ? "" : parsed.front()->get_name() + ' '));
}

int run_parsed(const std::vector<Subcommand>& subcommands) {
  for (const Subcommand& subcommand : subcommands) {
    if (subcommand.options->parsed()) return subcommand.run();
  }
  return status::failed;
}

int parse_and_run(CLI::App& app, const std::vector<Subcommand>& subcommands, std::vector<std::string> reversed) {
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::CallForHelp&) {
    print(app.help());
    return status::done;
  } catch (const CLI::CallForVersion&) {
    print(std::string(version_line) + '\n');
    return status::done;
  } catch (const CLI::ParseError& error) {
    complain_of_usage(app, error);
    return status::failed;
  }
  return run_parsed(subcommands);
}

int run(int argc, char** argv) {
  // Text is UTF-8 here whatever the locale of the terminal is.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  // A write that cannot be done shall fail, not end the process: the error is reported where it happens.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  CLI::App app;
  describe(app);
  const int result = parse_and_run(app, add_subcommands(app), arguments(argc, argv));
  finish_output();
  return result;
}

}  // namespace
}  // namespace limier::tools

int main(int argc, char** argv) {
  using namespace limier::tools;
  try {
    return run(argc, argv);
  } catch (const ClosedPipe&) {
    return status::done;
  } catch (const std::exception& error) {
    complain(error.what());
    return status::failed;
  }
}

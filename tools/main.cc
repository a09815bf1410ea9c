#include <malloc.h>

#include <clocale>
#include <csignal>
#include <exception>
#include <string>
#include <vector>

#include "command.h"
#include "config.h"
#include "limier/error.h"
#include "messages.h"
#include "output.h"
#include "subcommands.h"
#include "translate.h"
#include "usage_errors.h"

namespace limier::tools {
namespace {

/// The arguments in the order in which CLI11 wants them: the last one first. A query may exclude words (`Mali
/// -Russie`), which must not pass for options: a space before them, which means nothing in a query, keeps them apart.
std::vector<std::string> arguments(int argc, char** argv) {
  std::vector<std::string> reversed;
  for (int i = argc - 1; i > 0; --i) {
    const std::string argument = argv[i];
    const bool is_option = argument == "-h" || argument == "-i" || argument == "-0" || argument.starts_with("--");
    const bool is_excluded_word = argument.size() > 1 && argument[0] == '-' && !is_option;
    const bool is_search = i > 1 && (std::string(argv[1]) == "search" || std::string(argv[1]) == "similar");
    // A value of --collapse stands behind its `=`: the word after it is another argument.
    const std::string whole = is_search && argument == "--collapse" ? "--collapse=similar" : argument;
    reversed.push_back(is_search && is_excluded_word ? ' ' + whole : whole);
  }
  return reversed;
}

void complain_of_usage(const CLI::App& app, const CLI::ParseError& error) {
  const auto parsed = app.get_subcommands();
  const bool lacks_command = parsed.empty() && error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError);
  complain(lacks_command ? tr("name one of the commands") : translated(usage_error(error.what())));
  complain(tr("see limier {}--help", parsed.empty() ? "" : parsed.front()->get_name() + ' '));
}

int run_parsed(const std::vector<Subcommand>& subcommands) {
  for (const Subcommand& subcommand : subcommands) {
    if (!subcommand.options->parsed()) continue;
    if (subcommand.pages && !subcommand.no_pager) page_output();
    return subcommand.run();
  }
  return status::failed;
}

int parse_and_run(CLI::App& app, const std::vector<Subcommand>& subcommands, std::vector<std::string> reversed) {
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::CallForHelp&) {
    page_output();
    print(app.help());
    return status::done;
  } catch (const CLI::CallForVersion&) {
    print(version_text() + '\n');
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
  // Documents come one after another: what one gives back to the system the next would ask for again.
  mallopt(M_MMAP_THRESHOLD, 8 << 20);
  mallopt(M_TRIM_THRESHOLD, 16 << 20);
  choose_language();
  CLI::App app;
  const std::vector<Subcommand> subcommands = make_command(app);
  read_config(app);
  const int result = parse_and_run(app, subcommands, arguments(argc, argv));
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
  } catch (const limier::Error& error) {
    complain(translated(error.message()));
    return status::failed;
  } catch (const std::exception& error) {
    complain(error.what());
    return status::failed;
  }
}

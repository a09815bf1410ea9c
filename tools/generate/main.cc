// Writes what is made from the command's table of options: `limier_generate man FOLDER` a man page for the command and
// each subcommand, in the language of the environment; `limier_generate completions FOLDER` a script for each shell.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "command.h"
#include "generate/completions.h"
#include "generate/man.h"
#include "generate/option_table.h"
#include "translate.h"

namespace {

void write_file(const std::string& path, const std::string& content) {
  std::ofstream file(path, std::ios::binary);
  file << content;
  file.close();
  if (!file) throw std::runtime_error(path + ": cannot be written");
}

}  // namespace

int main(int argc, char** argv) {
  using namespace limier::tools;
  if (argc != 3) return 2;
  const std::string what = argv[1], folder = argv[2];
  choose_language();
  CLI::App app;
  make_command(app);
  std::filesystem::create_directories(folder);
  if (what == "completions") {
    write_file(folder + "/limier.bash", bash_completion(app));
    write_file(folder + "/_limier", zsh_completion(app));
    write_file(folder + "/limier.fish", fish_completion(app));
    return 0;
  }
  write_file(folder + "/limier.1", man_page(app));
  for (const CLI::App* subcommand : subcommands_of(app))
    write_file(fmt::format("{}/{}.1", folder, page_name(*subcommand)), man_page(*subcommand));
  return 0;
}

#include "command.h"

#include <memory>

#include "help.h"
#include "options.h"
#include "translate.h"

namespace limier::tools {

std::string version_text() {
  return "limier " LIMIER_VERSION "\n" + tr("Licence GPL-3.0-or-later: free software, without warranty.");
}

std::vector<Subcommand> make_command(CLI::App& app) {
  app.name("limier");
  app.description(
      tr("Full-text search for French.\n"
         "Exit status: 0 done, 1 nothing found, 2 error.\n"
         "Defaults of options are read from ~/.config/limier/config ($XDG_CONFIG_HOME/limier/config), or from the file "
         "that "
         "LIMIER_CONFIG names: a section [search] for each command, in it lines such as top = 20."));
  app.set_help_flag("-h,--help", tr("Print this help"));
  app.set_version_flag("--version", version_text(), tr("Print the version"));
  app.footer(examples_footer({"limier index press.idx ~/pages", "limier search press.idx 'accord de coopération'"}));
  app.require_subcommand(1);
  app.formatter(std::make_shared<HelpFormatter>());
  std::vector<Subcommand> subcommands = {add_index(app),   add_watch(app),    add_search(app), add_similar(app),
                                         add_suggest(app), add_show(app),     add_info(app),   add_synonyms(app),
                                         add_delete(app),  add_optimize(app), add_check(app),  add_extract(app),
                                         add_analyze(app), add_run(app),      add_eval(app),   add_bench(app)};
  for (Subcommand& subcommand : subcommands) {
    // The option keeps the address, which stays: the vector is moved from here on, not copied.
    if (subcommand.pages) add_pager_option(*subcommand.options, subcommand.no_pager);
  }
  return subcommands;
}

}  // namespace limier::tools

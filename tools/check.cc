#include <memory>
#include <string>

#include "limier/index_check.h"
#include "messages.h"
#include "options.h"
#include "output.h"
#include "subcommands.h"
#include "translate.h"

namespace limier::tools {
namespace {

struct CheckOptions {
  std::string index;
  std::chrono::milliseconds wait{0};
  bool json = false;
};

void print_json_of(const IndexCheck& check) {
  auto problems = nlohmann::ordered_json::array();
  for (const Message& problem : check.problems) problems.push_back(problem.text);
  print_json({{"documents", check.documents}, {"segments", check.segments}, {"problems", problems}});
}

int run_check(const CheckOptions& options) {
  const IndexCheck check = check_index(options.index, options.wait);
  for (const Message& problem : check.problems) complain(translated(problem));
  if (options.json) {
    print_json_of(check);
  } else {
    print(tr("{} in {}: {}", tr_n("{} document", "{} documents", check.documents),
             tr_n("the head and {} segment", "the head and {} segments", check.segments),
             check.problems.empty() ? tr("nothing is damaged")
                                    : tr_n("{} problem", "{} problems", check.problems.size())) +
          '\n');
  }
  return check.problems.empty() ? status::done : status::failed;
}

}  // namespace

Subcommand add_check(CLI::App& app) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* subcommand =
      add_subcommand(app, "check",
                     tr("Read all of an index, and tell what is damaged.\n"
                        "Every byte is compared with its checksum, and the parts of the index with each other. Nothing "
                        "is changed. Exit status 2 where anything is damaged."),
                     {"limier check press.idx"});
  add_index_option(*subcommand, options->index);
  add_wait_option(*subcommand, options->wait);
  add_json_option(*subcommand, options->json);
  return {subcommand, [options] { return run_check(*options); }};
}

}  // namespace limier::tools

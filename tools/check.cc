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
  bool repair = false;
  std::chrono::milliseconds wait{0};
  bool json = false;
};

nlohmann::ordered_json texts_of(const std::vector<Message>& messages) {
  auto texts = nlohmann::ordered_json::array();
  for (const Message& message : messages) texts.push_back(message.text);
  return texts;
}

nlohmann::ordered_json json_of(const IndexCheck& check) {
  return {{"documents", check.documents}, {"segments", check.segments}, {"problems", texts_of(check.problems)}};
}

void complain_of(const std::vector<Message>& messages) {
  for (const Message& message : messages) complain(translated(message));
}

void print_check(const IndexCheck& check) {
  print(
      tr("{} in {}: {}", tr_n("{} document", "{} documents", check.documents),
         tr_n("the head and {} segment", "the head and {} segments", check.segments),
         check.problems.empty() ? tr("nothing is damaged") : tr_n("{} problem", "{} problems", check.problems.size())) +
      '\n');
}

int run_check(const CheckOptions& options) {
  const IndexCheck check = check_index(options.index, options.wait);
  complain_of(check.problems);
  if (options.json) {
    print_json(json_of(check));
  } else {
    print_check(check);
  }
  return check.problems.empty() ? status::done : status::failed;
}

int run_repair(const CheckOptions& options) {
  const IndexRepair repair = repair_index(options.index, options.wait);
  complain_of(repair.before.problems);
  complain_of(repair.lost);
  if (!repair.repaired.empty()) complain_of(repair.after.problems);
  if (options.json) {
    auto json = json_of(repair.after);
    json["repaired"] = texts_of(repair.repaired);
    json["lost"] = texts_of(repair.lost);
    print_json(json);
  } else {
    for (const Message& repaired : repair.repaired) print(translated(repaired) + '\n');
    print_check(repair.after);
  }
  if (!repair.after.problems.empty())
    complain(
        tr("{}: what is damaged now cannot be repaired; restore a copy, or index the documents again", options.index));
  return repair.after.problems.empty() && repair.lost.empty() ? status::done : status::failed;
}

}  // namespace

Subcommand add_check(CLI::App& app) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* subcommand = add_subcommand(
      app, "check",
      tr("Read all of an index, and tell what is damaged.\n"
         "Every byte of a segment is compared with its checksum, the head, which has none, is read as "
         "far as it can be, and the parts of the index are compared with each other. Nothing is changed, "
         "unless --repair is given. Exit status 2 where anything is damaged, or lost by a repair."),
      {"limier check press.idx", "limier check --repair press.idx"});
  add_index_option(*subcommand, options->index);
  subcommand->add_flag(
      "--repair", options->repair,
      tr("Make new segments of the documents whose text is whole in damaged ones, and keep the damaged "
         "files under another name"));
  add_wait_option(*subcommand, options->wait);
  add_json_option(*subcommand, options->json);
  return {subcommand, [options] { return options->repair ? run_repair(*options) : run_check(*options); }};
}

}  // namespace limier::tools

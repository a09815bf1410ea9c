#include "generate/completions.h"

#include <fmt/format.h>

#include "generate/option_table.h"

namespace limier::tools {
namespace {

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

/// As one word of a shell.
std::string shell_word(const std::string& text) { return '\'' + replaced(text, "'", "'\\''") + '\''; }

std::string names_of(const std::vector<const CLI::Option*>& options) {
  std::string names;
  for (const CLI::Option* option : options) names += (names.empty() ? "" : " ") + long_name(*option);
  return names;
}

std::string names_of(const std::vector<const CLI::App*>& subcommands) {
  std::string names;
  for (const CLI::App* subcommand : subcommands) names += (names.empty() ? "" : " ") + subcommand->get_name();
  return names;
}

/// What compgen is asked for.
std::string bash_action(const CLI::Option& option) {
  switch (kind_of(option)) {
    case ValueKind::Words:
      return fmt::format("-W {}", shell_word(words_of(option)));
    case ValueKind::File:
      return "-f";
    case ValueKind::Folder:
      return "-d";
    default:
      return "";
  }
}

std::string bash_cases(const CLI::App& subcommand) {
  const std::string name = subcommand.get_name();
  std::string cases;
  for (const CLI::Option* option : options_of(subcommand)) {
    if (kind_of(*option) == ValueKind::None) continue;
    cases += fmt::format("    '{} {}') actions=({}) ;;\n", name, long_name(*option), bash_action(*option));
  }
  const auto arguments = arguments_of(subcommand);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    // The last argument may stand there several times.
    const std::string place = i + 1 == arguments.size() ? "*" : std::to_string(i);
    cases += fmt::format("    '{} '{}) actions=({}) ;;\n", name, place, bash_action(*arguments[i]));
  }
  return cases;
}

constexpr std::string_view bash_frame =
    R"sh(# Completion of limier for bash. Made from the command's table of options; do not edit.
_limier() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} command=${{COMP_WORDS[1]}} place=0 i
  local -a actions=() options=()
  if ((COMP_CWORD == 1)); then
    if [[ $word == -* ]]; then actions=(-W '--help --version'); else actions=(-W '{commands}'); fi
    mapfile -t COMPREPLY < <(compgen "${{actions[@]}}" -- "$word")
    return
  fi
  case $command in
{options}    *) return ;;
  esac
  # The arguments before the word, without what belongs to an option.
  for ((i = 2; i < COMP_CWORD; i++)); do
    case $command' '${{COMP_WORDS[i]}} in
      {valued}) if ((i + 1 == COMP_CWORD)); then place=${{COMP_WORDS[i]}}; else ((i++)); fi ;;
      *' -'*) ;;
      *) ((place++)) ;;
    esac
  done
  case $command' '$place in
{cases}  esac
  if [[ $word == -* && $place != -* ]]; then actions=(-W "${{options[*]}}"); fi
  compopt -o filenames 2> /dev/null
  mapfile -t COMPREPLY < <(compgen "${{actions[@]}}" -- "$word")
}}
complete -F _limier limier
)sh";

/// For _arguments: a colon and brackets mean something.
std::string zsh_description(const std::string& text) {
  return replaced(replaced(replaced(first_line(text), ":", "\\:"), "[", "\\["), "]", "\\]");
}

std::string zsh_action(const CLI::Option& option) {
  switch (kind_of(option)) {
    case ValueKind::Words:
      return '(' + words_of(option) + ')';
    case ValueKind::File:
      return "_files";
    case ValueKind::Folder:
      return "_files -/";
    default:
      return "";
  }
}

std::string zsh_option(const CLI::Option& option) {
  const std::string description = zsh_description(option.get_description());
  if (kind_of(option) == ValueKind::None) return fmt::format("{}[{}]", long_name(option), description);
  return fmt::format("{}=[{}]:{}:{}", long_name(option), description, zsh_description(option.get_option_text()),
                     zsh_action(option));
}

std::string zsh_argument(const CLI::Option& argument) {
  const std::string place = argument.get_expected_max() > 1 ? "*" : "";
  return fmt::format("{}:{}:{}", place, argument.get_name(), zsh_action(argument));
}

std::string zsh_case(const CLI::App& subcommand) {
  std::string specs;
  for (const CLI::Option* option : options_of(subcommand)) specs += " \\\n        " + shell_word(zsh_option(*option));
  for (const CLI::Option* argument : arguments_of(subcommand)) {
    specs += " \\\n        " + shell_word(zsh_argument(*argument));
  }
  return fmt::format("    {})\n      _arguments{} ;;\n", subcommand.get_name(), specs);
}

constexpr std::string_view zsh_frame = R"sh(#compdef limier
# Completion of limier for zsh. Made from the command's table of options; do not edit.
_limier() {{
  local -a commands=(
{commands}  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
{cases}  esac
}}
_limier "$@"
)sh";

std::string fish_value(const CLI::Option& option) {
  switch (kind_of(option)) {
    case ValueKind::None:
      return "";
    case ValueKind::Words:
      return " -x -a " + shell_word(words_of(option));
    case ValueKind::File:
      return " -r -F";
    case ValueKind::Folder:
      return " -x -a '(__fish_complete_directories)'";
    case ValueKind::Other:
      break;
  }
  return " -x";
}

std::string fish_lines(const CLI::App& subcommand) {
  const std::string name = subcommand.get_name();
  const std::string head = fmt::format("complete -c limier -n '__fish_seen_subcommand_from {}'", name);
  std::string lines = fmt::format("complete -c limier -n __fish_use_subcommand -f -a {} -d {}\n", name,
                                  shell_word(first_line(subcommand.get_description())));
  bool takes_files = false;
  for (const CLI::Option* argument : arguments_of(subcommand)) {
    takes_files = takes_files || kind_of(*argument) == ValueKind::File;
    if (kind_of(*argument) == ValueKind::Folder) lines += head + " -a '(__fish_complete_directories)'\n";
  }
  if (!takes_files) lines += head + " -f\n";
  for (const CLI::Option* option : options_of(subcommand)) {
    lines += fmt::format("{} -l {}{} -d {}\n", head, option->get_lnames().front(), fish_value(*option),
                         shell_word(option->get_description()));
  }
  return lines;
}

}  // namespace

std::string bash_completion(const CLI::App& app) {
  std::string options, valued, cases;
  for (const CLI::App* subcommand : subcommands_of(app)) {
    options += fmt::format("    {}) options=({}) ;;\n", subcommand->get_name(), names_of(options_of(*subcommand)));
    cases += bash_cases(*subcommand);
    for (const CLI::Option* option : options_of(*subcommand)) {
      if (kind_of(*option) == ValueKind::None) continue;
      valued += fmt::format("{}'{} {}'", valued.empty() ? "" : " | ", subcommand->get_name(), long_name(*option));
    }
  }
  return fmt::format(bash_frame, fmt::arg("commands", names_of(subcommands_of(app))), fmt::arg("options", options),
                     fmt::arg("valued", valued), fmt::arg("cases", cases));
}

std::string zsh_completion(const CLI::App& app) {
  std::string commands, cases;
  for (const CLI::App* subcommand : subcommands_of(app)) {
    commands +=
        fmt::format("    {}\n", shell_word(subcommand->get_name() + ':' + first_line(subcommand->get_description())));
    cases += zsh_case(*subcommand);
  }
  return fmt::format(zsh_frame, fmt::arg("commands", commands), fmt::arg("cases", cases));
}

std::string fish_completion(const CLI::App& app) {
  std::string lines =
      "# Completion of limier for fish. Made from the command's table of options; do not edit.\n"
      "complete -c limier -n __fish_use_subcommand -f\n";
  for (const CLI::Option* option : options_of(app)) {
    lines += fmt::format("complete -c limier -n __fish_use_subcommand -l {} -d {}\n", option->get_lnames().front(),
                         shell_word(option->get_description()));
  }
  for (const CLI::App* subcommand : subcommands_of(app)) lines += fish_lines(*subcommand);
  return lines;
}

}  // namespace limier::tools

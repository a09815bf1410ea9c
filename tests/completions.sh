#!/bin/bash
# Asks the real shells what they complete: completions.sh FOLDER SHELL, one `typed: found…` a line.
folder=$1 shell=$2
cd "$(mktemp -d)" || exit 2
trap 'rm -r "$PWD"' EXIT
mkdir -p press.idx pages; touch topics.tsv

ask_bash() {
  bash --norc -c '
    source "$1/limier.bash"; typed=$2
    read -ra COMP_WORDS <<< "$typed"; [[ $typed == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _limier; printf "%s\n" "${COMPREPLY[@]}"' bash "$folder" "$1"
}

ask_fish() { HOME=$PWD fish --no-config -c "source $folder/limier.fish; complete -C '$1'" | cut -f1; }

# zsh completes in its line editor alone, which a terminal of its own is for; what is found is taken where the
# completion hands it over.
ask_zsh() {
  : > .answers
  zsh -f -c '
    zmodload zsh/zpty
    wait_for() { repeat 200 { [[ -e $1 ]] && return; sleep 0.05 } }
    zpty shell zsh -f -i
    zpty -w shell "PS1=; fpath=($1 \$fpath); autoload -U compinit; compinit -u -D
      compadd() { local -a found; builtin compadd -O found \"\$@\"; print -rl -- \$found >> .answers; builtin compadd \"\$@\"; }
      ask() { zle list-choices; : > .done; }; zle -N ask; bindkey \"^X\" ask
      zle-line-init() { : > .ready; }; zle -N zle-line-init"
    wait_for .ready
    zpty -n -w shell "$2$(printf "\\030")"
    wait_for .done' zsh "$folder" "$1"
  cat .answers
  rm -f .answers .ready .done
}

while read -r typed; do
  typed=${typed%|}
  printf '%s:' "$typed"
  "ask_$shell" "$typed" < /dev/null | sort -u | sed '/^$/d; s/^/ /; s,/$,,' | tr -d '\n'
  echo
done

"""The scripts that a shell reads. Each hands the words over and offers what comes back, or files where nothing does."""

from __future__ import annotations

BASH = """\
# symparams: completion for bash. Put this line into ~/.bashrc:  eval "$(symparams completion bash)"
_symparams() {
  local word words=()
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do words+=("${word#[\\"\\']}"); done
  mapfile -t COMPREPLY < <(symparams completion words -- "${words[@]}" 2>/dev/null)
  if [ ${#COMPREPLY[@]} = 0 ]; then
    mapfile -t COMPREPLY < <(compgen -f -- "${words[-1]}")
    compopt -o filenames
  else
    compopt -o nospace
    [ ${#COMPREPLY[@]} = 1 ] && case ${COMPREPLY[0]} in *[=\\(]) ;; *) COMPREPLY[0]+=' ' ;; esac
  fi
}
complete -F _symparams symparams
"""
ZSH = """\
#compdef symparams
# symparams: completion for zsh. Put this line into ~/.zshrc, below compinit:  eval "$(symparams completion zsh)"
_symparams() {
  local -a found
  found=("${(@f)$(symparams completion words -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n $found ]]; then compadd -S '' -- $found; else _files; fi
}
compdef _symparams symparams
"""
FISH = """\
# symparams: completion for fish. Write it to a file:  symparams completion fish > ~/.config/fish/completions/symparams.fish
function __symparams
    set -l words (commandline -opc) (commandline -ct | string unescape)
    symparams completion words -- $words[2..-1] 2>/dev/null
end
complete -c symparams -f -a '(__symparams)'
complete -c symparams -F -n 'test (count (__symparams)) -eq 0'
"""
SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}

// What `help` prints.
export const HELP = `This terminal speaks to the simulated cluster at the moment that is shown.

  kubectl …  (or k …)    the commands of kubectl; those that change something are acts on the timeline
  kubectl apply -f https://k8s.io/examples/application/web/web.yaml
                         manifests of Kubernetes' tutorials: the page has its own, with the same objects
  ls cat cp mv rm find   the manifests of the editor as files; > and >> write them, < reads them
  vi FILE                opens a file in the editor
  cat <<EOF | kubectl apply -f -
                         texts that stand in the command, up to EOF
  | grep head tail wc sort uniq awk sed cut tr column tee xargs
                         kubectl's output through the usual tools
  for i in 0 1; do … ; done
                         while until if case [[ ]] (( )) functions, && || ; $(command) <(command) $NAME
  bash FILE, source FILE runs a script; aliases and functions stay until the page is left
  kubectl get pods -w    goes on with the clock; Ctrl+C ends it, and the prompt stays free
  watch kubectl get pods the same every two seconds
  sleep 30               the playhead goes on by 30 seconds
  history !! clear alias help

  Several lines can be pasted, with the prompts that they were copied with: each command is run after the other.
  Tab completes, arrows up and down go through what was typed, Ctrl+R searches it, Ctrl+L clears, Esc leaves.
  Ctrl+A E U K W Y and Alt+B F D edit the line. A moment before a command leads back to it.
  What watches or waits ends when the playhead goes back before what it has printed.
`;

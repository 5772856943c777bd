// What `help` prints.
export const HELP = `This terminal speaks to the simulated cluster at the moment that is shown.

  kubectl …  (or k …)    the commands of kubectl; those that change something are acts on the timeline
  ls cat cp mv rm touch  the manifests of the editor as files; > and >> write them, < reads them
  vi FILE                opens a file in the editor
  cat <<EOF | kubectl apply -f -
                         texts that stand in the command, up to EOF
  | grep head tail wc sort uniq awk sed cut tr column tee xargs
                         kubectl's output through the usual tools
  for i in 0 1; do … ; done   while, if, && || ; $(command) $NAME
  kubectl get pods -w    goes on with the clock; Ctrl+C ends it, and the prompt stays free
  watch kubectl get pods the same every two seconds
  sleep 30               the playhead goes on by 30 seconds
  history  clear  alias  help

  Tab completes, arrows up and down go through what was typed, Ctrl+R searches it, Ctrl+L clears, Esc leaves.
`;

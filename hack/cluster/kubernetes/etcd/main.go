// Command etcd runs the etcd server: the module has no main package that `go build` accepts by path.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() {
	etcdmain.Main(os.Args)
}

// Command open-volumes lets every user write to the volumes that the host-path provisioner makes in the given folder, as
// the provisioner of a kind cluster does: it makes them for root alone, and Spark does not run as root.
package main

import (
	"log"
	"os"
	"path/filepath"
	"syscall"
)

func main() {
	folder := os.Args[1]
	notify, err := syscall.InotifyInit()
	if err != nil {
		log.Fatal(err)
	}
	if _, err := syscall.InotifyAddWatch(notify, folder, syscall.IN_CREATE|syscall.IN_ONLYDIR); err != nil {
		log.Fatal(err)
	}
	// What the event says does not matter: all volumes are looked at, so none is missed.
	events := make([]byte, 64*1024)
	for {
		open(folder)
		if _, err := syscall.Read(notify, events); err != nil && err != syscall.EINTR {
			log.Fatal(err)
		}
	}
}

func open(folder string) {
	volumes, err := os.ReadDir(folder)
	if err != nil {
		log.Fatal(err)
	}
	for _, volume := range volumes {
		// A volume that was deleted meanwhile needs nothing.
		_ = os.Chmod(filepath.Join(folder, volume.Name()), 0o777)
	}
}

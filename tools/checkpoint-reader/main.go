// Checks a checkpoint of the audit log, and the proof of one event, with nothing of ours: only the Go
// project's own packages, which the Go checksum database is built on.
package main

import (
	"bytes"
	"encoding/base64"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	key := flag.String("key", "", "the log's public key, name+id+key")
	checkpoint := flag.String("checkpoint", "", "file with a checkpoint")
	proof := flag.String("proof", "", "file with a proof of one event (c2sp.org/tlog-proof@v1)")
	flag.Parse()
	if err := run(*key, *checkpoint, *proof); err != nil {
		fmt.Fprintln(os.Stderr, "bad:", err)
		os.Exit(1)
	}
}

func run(key, checkpointFile, proofFile string) error {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return err
	}
	if checkpointFile != "" {
		signed, err := os.ReadFile(checkpointFile)
		if err != nil {
			return err
		}
		tree, err := open(signed, verifier)
		if err != nil {
			return err
		}
		fmt.Printf("checkpoint of %d leaves\n", tree.N)
	}
	if proofFile != "" {
		text, err := os.ReadFile(proofFile)
		if err != nil {
			return err
		}
		index, err := check(text, verifier)
		if err != nil {
			return err
		}
		fmt.Printf("leaf %d is in the log\n", index)
	}
	return nil
}

// open believes what is signed by the key, and nothing else.
func open(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	n, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

func check(text []byte, verifier note.Verifier) (int64, error) {
	head, signed, found := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return 0, fmt.Errorf("not a proof")
	}
	leaf, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return 0, err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return 0, err
	}
	var path tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return 0, err
		}
		path = append(path, hash)
	}
	tree, err := open(signed, verifier)
	if err != nil {
		return 0, err
	}
	return index, tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(leaf))
}
